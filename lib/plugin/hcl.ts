/** Parses the language of the engine's CLI configuration: HCL 1, or the same structure as JSON. */

/** `js-hcl-parser` is the engines' own HCL 1 parser, compiled to JavaScript. It has no type declarations. */
interface HclParser {
  /** Returns JSON, or the text of an error. */
  parse(text: string): string;
}

export type HclObject = Readonly<Record<string, unknown>>;

/** Parses a file. Returns undefined if the engine cannot parse it either: it then reports an error and ignores the file. */
export function parseHcl(text: string): HclObject | undefined {
  try {
    return parseJson(hclParser().parse(text));
  } catch {
    return undefined;
  }
}

export function parseJson(text: string): HclObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isHclObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The blocks with a name in a parsed object. */
export function blocksIn(object: HclObject, name: string): readonly HclObject[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter(isHclObject) : [];
}

/** Loads the parser only if there is a file to parse, because loading takes about as long as the rest of a small synthesis. */
function hclParser(): HclParser {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- synthesis is synchronous, so it cannot wait for import()
  return require("js-hcl-parser") as HclParser;
}

function isHclObject(value: unknown): value is HclObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
