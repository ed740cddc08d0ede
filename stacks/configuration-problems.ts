/** Finds the problems of a configuration, as one sentence each that starts with the path of the setting. */
import type { z } from "zod";
import { configuration, type Configuration } from "./configuration-model";
import { referenceProblems } from "./reference-problems";
import { KEY_FORMAT } from "./setting-schemas";

type Issue = z.core.$ZodIssue;

/** Returns the checked configuration, or all its problems. Looks for problems between entries only if every entry is valid. */
export function checkConfiguration(value: unknown): { readonly configuration: Configuration } | { readonly problems: readonly string[] } {
  const result = configuration.safeParse(value, { error: messageFor, reportInput: true });
  if (!result.success) return { problems: result.error.issues.flatMap((issue) => sentencesFor(issue, [])) };
  const problems = referenceProblems(result.data);
  return problems.length > 0 ? { problems } : { configuration: result.data };
}

/** Returns the message for an issue whose declaration in the model has no message of its own. */
function messageFor(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is missing." : `must be ${nameOfType(issue.expected)}, but is ${typeOf(issue.input)}.`;
    case "invalid_value":
      return `is ${JSON.stringify(issue.input)}. Allowed: ${issue.values.join(", ")}.`;
    case "invalid_union":
      return `must be a string or an object, but is ${typeOf(issue.input)}.`;
    default:
      return undefined;
  }
}

/** @param parent Path of the value to which the path of the issue is relative. */
function sentencesFor(issue: Issue, parent: readonly PropertyKey[]): readonly string[] {
  const path = [...parent, ...issue.path];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.message.split("\n").map((message, index) => `${formatPath([...path, issue.keys[index] ?? ""])} ${message}`);
    case "invalid_key":
      return [`${formatPath(path.slice(0, -1))} has the key ${JSON.stringify(path.at(-1))}. ${KEY_FORMAT}.`];
    case "invalid_union": {
      const issues = issuesOfLikelyAlternative(issue.errors);
      return issues === undefined ? [`${formatPath(path)} ${issue.message}`] : issues.flatMap((nested) => sentencesFor(nested, path));
    }
    default:
      return [`${formatPath(path)} ${issue.message}`];
  }
}

/** The issues of the alternative that the author probably meant: the first one of the right type that lacks no setting, otherwise the last one of the right type. */
function issuesOfLikelyAlternative(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const ofRightType = alternatives.filter((issues) => !issues.some(({ code, path }) => code === "invalid_type" && path.length === 0));
  const isComplete = (issues: readonly Issue[]) => !issues.some(({ code, input }) => code === "invalid_type" && input === undefined);
  return ofRightType.find(isComplete) ?? ofRightType.at(-1);
}

/** `integrations.payments.repositories[0].title`. */
function formatPath(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path;
  if (first === undefined) return "context.bitlift";
  return rest.reduce<string>((text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}.${String(part)}`), String(first));
}

function nameOfType(type: string): string {
  return withArticle(type === "record" ? "object" : type);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return withArticle(Array.isArray(value) ? "array" : typeof value);
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}
