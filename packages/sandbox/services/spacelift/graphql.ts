// GraphQL over HTTP as Spacelift implements it: every response has status 200.
import { execute, GraphQLError, type GraphQLSchema } from "graphql";
import type { SandboxRequest, SandboxResponse } from "../../core/service";
import { SpaceliftError } from "./errors";
import { prepareDocument } from "./graphql-document";

export interface GraphqlBody {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}

/** Undefined if the body is not a GraphQL request. */
export function parseBody(request: SandboxRequest): GraphqlBody | undefined {
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
    operationName: typeof operationName === "string" ? operationName : undefined,
  };
}

export interface Execution {
  readonly schema: GraphQLSchema;
  readonly body: GraphqlBody;
  readonly resolvers: unknown;
  readonly context: unknown;
  /** For the request log. */
  readonly marks: Set<string>;
  /** Fields that a switch removed. A request for one of them is not marked as not emulated. */
  readonly removedFields: readonly string[];
}

export async function executeBody({ schema, body, resolvers, context, marks, removedFields }: Execution): Promise<SandboxResponse> {
  const { query, variables, operationName } = body;
  const prepared = prepareDocument(schema, query);
  const { document, errors } = prepared;
  const cacheable = prepared.introspectionOnly && Object.keys(variables).length === 0 && operationName === undefined;
  if (cacheable && prepared.schemaBody !== undefined) return sendSchema(prepared.schemaBody);
  if (document === undefined || errors.length > 0) {
    return { status: 200, body: { errors }, marks: [errors.some((error) => isGap(error, removedFields)) ? "notEmulated" : "rejected"] };
  }
  const result = await execute({
    schema,
    document,
    rootValue: resolvers,
    contextValue: context,
    variableValues: variables,
    operationName,
  });
  if (result.errors?.some(isSandboxError) === true) marks.add("sandboxError");
  if (cacheable && result.errors === undefined) return sendSchema((prepared.schemaBody = JSON.stringify({ data: result.data })));
  return { status: 200, body: { data: result.data, errors: result.errors }, marks: [...marks] };
}

/** The body is cached as text, because it has several hundred kilobytes. */
function sendSchema(body: string): SandboxResponse {
  return { status: 200, headers: { "content-type": "application/json; charset=utf-8" }, body };
}

/** Whether the request needs something that the sandbox does not emulate. */
function isGap({ message }: GraphQLError, removedFields: readonly string[]): boolean {
  const unknown =
    message.startsWith("Cannot query field") || message.startsWith("Unknown argument") || message.includes("is not defined by type");
  return unknown && !removedFields.some((name) => message.includes(`"${name}"`));
}

/** Any exception other than an error of Spacelift is a bug of the sandbox, and must not look like a response of Spacelift. */
function isSandboxError({ originalError }: GraphQLError): boolean {
  return originalError !== undefined && !(originalError instanceof SpaceliftError || originalError instanceof GraphQLError);
}
