// GraphQL over HTTP as Spacelift speaks it: status 200 for every answer, empty parentheses allowed, documents parsed once.
import { type DocumentNode, execute, GraphQLError, type GraphQLSchema, Kind, parse, validate } from "graphql";
import type { SandboxResponse, SandboxRequest } from "../../core/service";
import { Refusal } from "./errors";

/** Parsed and checked against one schema. */
interface Prepared {
  readonly document: DocumentNode | undefined;
  readonly errors: readonly GraphQLError[];
  /** Names of the root fields, not their aliases. */
  readonly names: readonly string[];
  readonly introspectionOnly: boolean;
  /** The answer to a question about the schema, which stays the same. */
  schemaAnswer?: string;
}

const REMEMBERED = 500;
const prepared = new WeakMap<GraphQLSchema, Map<string, Prepared>>();

/** Clients send a handful of texts thousands of times. */
export function prepare(schema: GraphQLSchema, text: string): Prepared {
  let known = prepared.get(schema);
  if (known === undefined) prepared.set(schema, (known = new Map<string, Prepared>()));
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= REMEMBERED) known.clear();
  const made = read(schema, text);
  known.set(text, made);
  return made;
}

function read(schema: GraphQLSchema, text: string): Prepared {
  let document: DocumentNode;
  try {
    document = parse(withoutEmptyParentheses(text));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { document: undefined, errors: [error], names: [], introspectionOnly: false };
  }
  const names = rootFields(document);
  const introspectionOnly = names.length > 0 && names.every((name) => name.startsWith("__"));
  return { document, errors: validate(schema, document), names, introspectionOnly };
}

/** `{spaces(){id}}` is sent by the published provider and forbidden by the grammar. Strings and comments stay as they are. */
export function withoutEmptyParentheses(text: string): string {
  return text.replace(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n\r]*|\([\s,]*\)/g, (token) => (token.startsWith("(") ? "" : token));
}

function rootFields(document: DocumentNode): string[] {
  const names: string[] = [];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const pending = [...definition.selectionSet.selections];
    const opened = new Set<string>();
    for (let selection = pending.shift(); selection !== undefined; selection = pending.shift()) {
      if (selection.kind === Kind.FIELD) {
        names.push(selection.name.value);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        pending.push(...selection.selectionSet.selections);
      } else if (!opened.has(selection.name.value)) {
        const { value } = selection.name;
        opened.add(value);
        for (const other of document.definitions) {
          if (other.kind === Kind.FRAGMENT_DEFINITION && other.name.value === value) pending.push(...other.selectionSet.selections);
        }
      }
    }
  }
  return names;
}

/** The body of a request; undefined when it is not one. */
export function bodyOf(request: SandboxRequest): { query: string; variables: Record<string, unknown>; operationName?: string } | undefined {
  let body: unknown;
  try {
    body = request.json();
  } catch {
    return undefined;
  }
  if (typeof body !== "object" || body === null) return undefined;
  const { query, variables, operationName } = body as Record<string, unknown>;
  if (typeof query !== "string" || (typeof variables !== "object" && variables !== undefined)) return undefined;
  return {
    query,
    variables: (variables ?? {}) as Record<string, unknown>,
    ...(typeof operationName === "string" ? { operationName } : {}),
  };
}

export interface Execution {
  readonly schema: GraphQLSchema;
  readonly body: NonNullable<ReturnType<typeof bodyOf>>;
  readonly routes: unknown;
  readonly context: unknown;
  readonly marks: string[];
  /** Fields that a switch took away: asking for them is not a gap of the sandbox. */
  readonly switchedOff: readonly string[];
}

export async function run({ schema, body, routes, context, marks, switchedOff }: Execution): Promise<SandboxResponse> {
  const known = prepare(schema, body.query);
  const { document, errors } = known;
  const lasting = known.introspectionOnly && Object.keys(body.variables).length === 0 && body.operationName === undefined;
  if (lasting && known.schemaAnswer !== undefined) return schemaAnswer(known.schemaAnswer);
  if (document === undefined || errors.length > 0) {
    const unknown = errors.some(({ message }) => isUnknown(message) && !switchedOff.some((name) => message.includes(`"${name}"`)));
    return { status: 200, body: { errors }, marks: unknown ? ["notEmulated"] : ["rejected"] };
  }
  const result = await execute({
    schema,
    document,
    rootValue: routes,
    contextValue: context,
    variableValues: body.variables,
    ...(body.operationName === undefined ? {} : { operationName: body.operationName }),
  });
  if (result.errors?.some(isMistake) === true) marks.push("sandboxError");
  const { data, errors: refused } = result;
  if (lasting && refused === undefined) return schemaAnswer((known.schemaAnswer = JSON.stringify({ data })));
  return { status: 200, body: refused === undefined ? { data } : { ...(data === undefined ? {} : { data }), errors: refused }, marks };
}

/** Some hundred kilobytes: kept as text. */
function schemaAnswer(body: string): SandboxResponse {
  return { status: 200, headers: { "content-type": "application/json; charset=utf-8" }, body };
}

function isUnknown(message: string): boolean {
  return message.startsWith("Cannot query field") || message.startsWith("Unknown argument") || message.includes("is not defined by type");
}

/** An exception that is no refusal is a mistake of the sandbox, and must not pass for an answer of Spacelift unseen. */
function isMistake({ originalError }: GraphQLError): boolean {
  return originalError !== undefined && !(originalError instanceof Refusal || originalError instanceof GraphQLError);
}
