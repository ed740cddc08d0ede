/** The app's configuration: its form, and what is wrong with one. */
import Ajv, { type ErrorObject } from "ajv";
import { refusal } from "../lib";
import type { BackendConfiguration } from "./backend";
import schema from "./configuration.schema.json";

/** Names a Space: the key of one under `spaces`, `root`, or one that exists by id. */
export type SpaceReference = string | { readonly id: string };

/** One Space. */
export interface SpaceConfiguration {
  readonly name: string;
  readonly parent?: SpaceReference;
  readonly inheritEntities?: boolean;
  readonly description?: string;
  readonly labels?: readonly string[];
}

/** One repository that feeds an integration, with options of its webhook. */
export interface RepositoryConfiguration {
  readonly repository: string;
  readonly title?: string;
  readonly additionalEvents?: readonly string[];
  readonly active?: boolean;
  readonly skipCertificateVerification?: boolean;
  readonly adoptExisting?: boolean;
}

/** One Bitbucket Cloud integration. */
export interface IntegrationConfiguration {
  readonly name: string;
  readonly space?: SpaceReference;
  readonly isDefault?: boolean;
  readonly email?: string;
  readonly apiTokenEnv?: string;
  readonly username?: string;
  readonly appPasswordEnv?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly vcsChecks?: "INDIVIDUAL" | "AGGREGATED" | "ALL";
  readonly useGitCheckout?: boolean;
  readonly webhookSecretRotation?: string;
  readonly detachProtection?: boolean;
  readonly replacementOrder?: "create-first" | "destroy-first";
  readonly repositories?: readonly (string | RepositoryConfiguration)[];
}

/** What `context.bitlift` in cdktf.json holds. Keys are the user's own; Terraform addresses are made from them. */
export interface Configuration {
  readonly backend?: BackendConfiguration;
  readonly spaces?: Readonly<Record<string, SpaceConfiguration>>;
  readonly integrations?: Readonly<Record<string, IntegrationConfiguration>>;
}

/** Construct ids of the stack that are not the integrations'. */
const RESERVED = /^(bitlift|backend|space-.*)$/;

/**
 * Judges a configuration as it was read.
 * @throws Problem `configuration-invalid` that lists all mistakes, each with its place.
 */
export function readConfiguration(value: unknown): Configuration {
  if (value === undefined) {
    throw refusal("configuration-invalid", {
      why: "There is no context.bitlift. cdktf hands the context of cdktf.json over; a program that is started without cdktf does not get it.",
      fix: "Write context.bitlift in cdktf.json, and run cdktf synth or cdktf deploy.",
    });
  }
  const judge = new Ajv({ allErrors: true, verbose: true, strict: true, strictTypes: false }).compile<Configuration>(schema);
  const mistakes = judge(value) ? keyMistakes(value) : (judge.errors ?? []).flatMap(mistakeOf);
  if (mistakes.length === 0) return value as Configuration;
  throw refusal("configuration-invalid", {
    why: `context.bitlift in cdktf.json has ${mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`}:\n${mistakes.map((mistake) => `- ${mistake}`).join("\n")}`,
    fix: "Correct cdktf.json. stacks/configuration.schema.json describes every setting.",
  });
}

/** One line for a person. A value that may be a secret is never repeated. */
function mistakeOf(fault: ErrorObject): readonly string[] {
  const place = placeOf(fault.instancePath);
  const { params, keyword, parentSchema, data } = fault as ErrorObject<string, Record<string, unknown>>;
  switch (keyword) {
    case "required":
      return [`${placeOf(`${fault.instancePath}/${String(params["missingProperty"])}`)} is missing.`];
    case "additionalProperties": {
      const name = String(params["additionalProperty"]);
      if (/^(apiToken|appPassword|token|password|secret)$/.test(name)) {
        return [
          `${place}.${name} would hold a secret. Write apiTokenEnv with the name of an environment variable; its value is read when the provider runs.`,
        ];
      }
      const known = Object.keys((parentSchema?.["properties"] as object | undefined) ?? {}).join(", ");
      return [`${placeOf(`${fault.instancePath}/${name}`)} is no setting. There are: ${known}.`];
    }
    case "pattern":
      return [patternMistake(place, fault.schemaPath, data)];
    case "enum":
      return [`${place} is ${JSON.stringify(data)}. Allowed: ${(params["allowedValues"] as readonly string[]).join(", ")}.`];
    case "type":
      return [
        `${place} must be ${String(params["type"])}, and is ${data === null ? "null" : Array.isArray(data) ? "array" : typeof data}.`,
      ];
    case "minLength":
      return [`${place} is empty or too short.`];
    case "minProperties":
    case "maxProperties":
      return [`${place} must name exactly one backend, such as {"s3": {…}}.`];
    case "propertyNames":
      return [
        `${place} has the key ${JSON.stringify(params["propertyName"])}. A key starts with a letter and has letters, digits, "-" and "_".`,
      ];
    default:
      // `if` only repeats what its branch says.
      return [];
  }
}

function patternMistake(place: string, schemaPath: string, data: unknown): string {
  if (schemaPath.includes("/variable/"))
    return `${place} is not the name of an environment variable. If it is the secret itself, take it out and replace it.`;
  if (schemaPath.includes("/repository/")) return `${place} is ${JSON.stringify(data)}, not <workspace>/<repository>.`;
  return `${place} is ${JSON.stringify(data)}. A key starts with a letter and has letters, digits, "-" and "_"; write {"id": …} for a Space that exists.`;
}

/** References to Spaces that lead nowhere, or in a circle, and keys that are taken. */
function keyMistakes({ spaces = {}, integrations = {} }: Configuration): readonly string[] {
  const unknown = (place: string, reference: SpaceReference | undefined): readonly string[] =>
    typeof reference !== "string" || reference === "root" || reference in spaces
      ? []
      : [`${place} is "${reference}", and spaces has no such key. Write {"id": …} for a Space that exists already.`];
  const circles = Object.keys(spaces).flatMap((key) => {
    const line = [key];
    for (let above = spaces[key]?.parent; typeof above === "string" && above in spaces; above = spaces[above]?.parent) {
      if (line.includes(above)) return above === key ? [`spaces.${key} is its own ancestor: ${[...line, above].join(" > ")}.`] : [];
      line.push(above);
    }
    return [];
  });
  return [
    ...Object.entries(spaces).flatMap(([key, space]) => unknown(`spaces.${key}.parent`, space.parent)),
    ...Object.entries(integrations).flatMap(([key, integration]) => unknown(`integrations.${key}.space`, integration.space)),
    ...circles,
    ...Object.keys(integrations)
      .filter((key) => RESERVED.test(key))
      .map((key) => `integrations has the key "${key}", which the app itself uses. Choose another.`),
  ];
}

function placeOf(instancePath: string): string {
  const parts = instancePath.split("/").slice(1);
  if (parts.length === 0) return "context.bitlift";
  return parts
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`));
}
