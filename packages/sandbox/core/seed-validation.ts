// Validates seeds and says where a mistake is and what is expected there.
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";

const MOST_SHOWN = 10;

/** What is wrong with a seed by its JSON Schema, each mistake with its JSON path; nothing for a good one. */
export function createSeedValidator(schema: object): (data: unknown) => readonly string[] {
  let validate: ValidateFunction | undefined;
  return (data) => {
    validate ??= new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(schema);
    return validate(data) ? [] : (validate.errors ?? []).map(explain);
  };
}

export function createSeedError(what: string, mistakes: readonly string[]): Error {
  const shown = [...new Set(mistakes)];
  const more = shown.length > MOST_SHOWN ? [`and ${shown.length - MOST_SHOWN} more`] : [];
  return new Error(
    `${what} has ${shown.length === 1 ? "a mistake" : "mistakes"}:\n${[...shown.slice(0, MOST_SHOWN), ...more].map((line) => `  ${line}`).join("\n")}`,
  );
}

/** A mistake for each value that is there a second time; undefined ones do not count. */
export function findDuplicates(values: readonly (string | undefined)[], path: (index: number) => string, what: string): readonly string[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    return value !== undefined && first < index ? [`${path(index)} is the same as ${path(first)}: ${what}`] : [];
  });
}

/** `$.workspaces[0].slug must match pattern "…"`. The value itself may be a secret and is not repeated. */
function explain(error: ErrorObject): string {
  const path = `$${error.instancePath.replaceAll(/\/([^/]*)/g, (_, part: string) => step(part.replaceAll("~1", "/").replaceAll("~0", "~")))}`;
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case "additionalProperties": {
      const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
      return `${path} has no field "${String(params["additionalProperty"])}"; its fields are: ${known.join(", ")}`;
    }
    case "required":
      return `${path} needs "${String(params["missingProperty"])}"`;
    case "enum":
      return `${path} must be one of: ${(params["allowedValues"] as unknown[]).map(String).join(", ")}`;
    case "propertyNames":
      return `${path} has a name that is not allowed: "${String(params["propertyName"])}"`;
    default:
      return `${path} ${error.message ?? "is wrong"}`;
  }
}

function step(part: string): string {
  if (/^\d+$/.test(part)) return `[${part}]`;
  return /^[A-Za-z_]\w*$/.test(part) ? `.${part}` : `["${part}"]`;
}
