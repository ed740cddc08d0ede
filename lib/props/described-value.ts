/** Describes a value of any type in a message: what an untyped program passed instead of another value. */
import { Token } from "../host";
import { Construct } from "constructs";

const MAX_LENGTH = 60;

/** The value as the end of a sentence: `the text "platform"`, `null`, `an array`. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return Token.isUnresolved(value) ? "a token of a list" : "an array";
  switch (typeof value) {
    case "string":
      return describeText(value);
    case "number":
      return Token.isUnresolved(value) ? "a token" : `the number ${value}`;
    case "boolean":
    case "undefined":
      return String(value);
    case "function":
      return value.name === "" ? "a function" : `the function or class ${value.name}`;
    case "object":
      return value === null ? "null" : describeObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function describeText(text: string): string {
  if (text === "") return "an empty text";
  if (containsListToken(text)) return "a text with a token of a list";
  if (Token.isUnresolved(text)) return "a token";
  return `the text ${quotedText(text)}`;
}

/** A text in double quotes, on one line, and shortened if it is long. */
export function quotedText(text: string): string {
  return JSON.stringify(text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);
}

/** CDKTF encodes a token of a list as a text in an array. The text is of no use outside this array. */
export function containsListToken(text: string): boolean {
  return text.includes("#{TfToken[");
}

/** Whether a value is a plain object, such as an object with props. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return describeValue(value) === "an object";
}

/** Objects are recognized by their members, because the app may contain two copies of a package. */
function describeObject(value: object): string {
  if (Token.isUnresolved(value)) return "a token";
  const noun = NOUNS.find(([, members]) => members.every((member) => member in value))?.[0];
  if (Construct.isConstruct(value)) return `${noun ?? "the construct"} ${value.node.path}`;
  const builtIn = /^\[object (\w+)\]$/.exec(Object.prototype.toString.call(value))?.[1];
  if (noun === undefined && builtIn !== undefined && builtIn !== "Object") return `a ${builtIn}`;
  return noun === undefined ? "an object" : noun.replace(/^the/, "a").replace(/^a (?=[aeiou])/, "an ");
}

const NOUNS: readonly (readonly [noun: string, members: readonly string[]])[] = [
  ["the Space", ["spaceId", "inheritsEntities"]],
  ["the integration", ["integrationId", "webhookSecretFingerprint"]],
  ["the webhook", ["webhookId"]],
  ["the repository", ["namespace", "slug"]],
  ["the event", ["key", "product"]],
  ["the Credential", ["source"]],
];
