// Validates seeds. Each error names the JSON path and what is expected there.
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";

const MAX_ERRORS = 10;

/** The validator returns one message per violation of the JSON Schema. */
export function createSeedValidator(schema: object): (data: unknown) => readonly string[] {
  let validate: ValidateFunction | undefined;
  return (data) => {
    validate ??= new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(schema);
    return validate(data) ? [] : (validate.errors ?? []).map(explain);
  };
}

/** @param subject "The seed", or "The seed of" and a service */
export function createSeedError(subject: string, errors: readonly string[]): Error {
  const distinct = [...new Set(errors)];
  const more = distinct.length > MAX_ERRORS ? [`and ${distinct.length - MAX_ERRORS} more`] : [];
  const lines = [...distinct.slice(0, MAX_ERRORS), ...more].map((line) => `  ${line}`);
  return new Error(`${subject} is invalid:\n${lines.join("\n")}`);
}

/** One message for each value that repeats an earlier one. Undefined values are skipped. */
export function findDuplicates(values: readonly (string | undefined)[], path: (index: number) => string, rule: string): readonly string[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    return value !== undefined && first < index ? [`${path(index)} is the same as ${path(first)}: ${rule}`] : [];
  });
}

/** `$.workspaces[0].slug must match pattern "…"`. The message never contains the value, which may be a secret. */
function explain({ instancePath, keyword, params, parentSchema, message = "is invalid" }: ErrorObject): string {
  const path = `$${instancePath.replaceAll(/\/([^/]*)/g, (_, part: string) => formatStep(part.replaceAll("~1", "/").replaceAll("~0", "~")))}`;
  const details = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case "additionalProperties": {
      const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
      return `${path} has an unknown field "${String(details["additionalProperty"])}". Known fields: ${known.join(", ")}`;
    }
    case "required":
      return `${path} needs "${String(details["missingProperty"])}"`;
    case "enum":
      return `${path} must be one of: ${(details["allowedValues"] as unknown[]).map(String).join(", ")}`;
    case "propertyNames":
      return `${path} has an invalid name: "${String(details["propertyName"])}"`;
    default:
      return `${path} ${message}`;
  }
}

function formatStep(part: string): string {
  if (/^\d+$/.test(part)) return `[${part}]`;
  return /^[A-Za-z_]\w*$/.test(part) ? `.${part}` : `["${part}"]`;
}
