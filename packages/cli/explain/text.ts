/** Prints the facts about a key as lines of a name and a value. */
import type { KeyExplanation } from "../../configuration";
import type { Paint } from "../terminal";
import type { Deployed } from "./deployed";

/** With what the state or Spacelift tells about it. */
export type DeployedFacts = KeyExplanation & { readonly deployed?: Deployed };

/** A block for everything that the key names. */
export function explanationText({ found }: { readonly found: readonly DeployedFacts[] }, paint: Paint): string {
  return found.map((facts) => blockText(facts, paint)).join("\n\n");
}

/** Lists have a line for each entry. Facts that are not known are left out. */
function blockText({ kind, key, deployed, ...facts }: DeployedFacts, paint: Paint): string {
  const entries = Object.entries<unknown>({ ...facts, ...deployed }).filter(([, value]) => value !== undefined && !isEmptyList(value));
  const width = Math.max(0, ...entries.map(([name]) => words(name).length));
  const lines = entries.flatMap(([name, value]) => {
    const heading = paint.bold(words(name).padEnd(width));
    const [first = "", ...others] = valueLines(name, value);
    return [`  ${heading}  ${first}`, ...others.map((line) => `  ${" ".repeat(width)}  ${line}`)];
  });
  return [`${paint.bold(kind)} ${key}`, ...lines].join("\n");
}

function valueLines(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return PATHS.has(name) ? [value.join(" > ")] : value.map(String);
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  if (typeof value === "object" && value !== null && "file" in value && "line" in value && "column" in value) {
    return [`${String(value.file)}:${String(value.line)}:${String(value.column)}`];
  }
  return [String(value)];
}

/** Facts whose list is a path from root. */
const PATHS: ReadonlySet<string> = new Set(["path", "spacePath"]);

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

const TITLES: Readonly<Record<string, string>> = {
  url: "webhook URL",
  mayUse: "its stacks may use",
  mayAttach: "stacks that may use it are in",
  fromSet: "from the set",
  credential: "login",
  spaceId: "Space ID",
  integrationId: "integration ID",
  webhookId: "webhook ID",
};

/** `userFacingHost` becomes `user facing host`. */
function words(name: string): string {
  const title = TITLES[name];
  if (title !== undefined) return title;
  return name.replace(/([a-z])([A-Z])/g, (_match, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
}
