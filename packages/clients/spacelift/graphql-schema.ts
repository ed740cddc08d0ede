/** The GraphQL schema of this Spacelift server, requested once per process: layouts differ between servers, and not all of them are published. */
import { asList, asObject, asText } from "../http/json";
import type { GraphQl } from "./graphql";

/** An argument of a mutation, or a field of an input object. */
export interface InputField {
  readonly name: string;
  /** As a variable declares it: `[String!]`, `CustomVCSInput!`. */
  readonly type: string;
  /** Without list and non-null marks. */
  readonly typeName: string;
  /** Not nullable and without a default. */
  readonly required: boolean;
}

/** The parts of the GraphQL schema that Bitlift needs. */
export interface GraphQlSchema {
  /** Arguments of a mutation; undefined if the server has no such mutation. */
  argumentsOf(mutation: string): readonly InputField[] | undefined;
  /** Fields of an input object; undefined for every other type. */
  inputFieldsOf(typeName: string): readonly InputField[] | undefined;
  /** Fields of the object that a query returns; undefined if the server has no such query. */
  resultFieldsOf(query: string): ReadonlySet<string> | undefined;
  /** Fields of an object type; undefined if the server has no such type. */
  fieldsOf(typeName: string): ReadonlySet<string> | undefined;
}

const TYPE = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
/** One request, with complete types only where they are needed, because the whole GraphQL schema is large. */
const DOCUMENT = `query Schema {
  __schema {
    queryType { fields(includeDeprecated: true) { name type { ${TYPE} } } }
    mutationType { fields(includeDeprecated: true) { name type { ${TYPE} } args { name defaultValue type { ${TYPE} } } } }
    types { kind name fields(includeDeprecated: true) { name } inputFields { name defaultValue type { ${TYPE} } } }
  }
}`;

interface OperationField {
  readonly typeName: string;
  readonly arguments: readonly InputField[];
}

interface TypeReference {
  readonly type: string;
  readonly typeName: string;
}

export class GraphQlSchemaSource {
  readonly #graphql: GraphQl;
  #schema: Promise<GraphQlSchema | null> | undefined;

  constructor(graphql: GraphQl) {
    this.#graphql = graphql;
  }

  /** Null if the server does not disclose its GraphQL schema. @throws Problem if the request failed; a failure is not cached */
  read(): Promise<GraphQlSchema | null> {
    return (this.#schema ??= this.#request());
  }

  async #request(): Promise<GraphQlSchema | null> {
    try {
      const { data } = await this.#graphql.send({ name: "Schema", document: DOCUMENT, kind: "query" });
      return parseSchema(data?.["__schema"]);
    } catch (failure) {
      this.#schema = undefined;
      throw failure;
    }
  }
}

function parseSchema(value: unknown): GraphQlSchema | null {
  const root = asObject(value);
  const types = asList(root?.["types"])?.map(asObject);
  if (root === undefined || types === undefined) return null;
  const objects = new Map<string, ReadonlySet<string>>();
  const inputs = new Map<string, readonly InputField[]>();
  for (const type of types) {
    const name = asText(type?.["name"]);
    if (name === null) continue;
    const inputFields = asList(type?.["inputFields"]);
    if (inputFields !== undefined) inputs.set(name, inputFields.map(parseInputField));
    const fields = asList(type?.["fields"]);
    if (fields !== undefined) objects.set(name, new Set(fields.map(nameOf)));
  }
  const queries = parseOperations(root["queryType"]);
  const mutations = parseOperations(root["mutationType"]);
  return {
    argumentsOf: (mutation) => mutations.get(mutation)?.arguments,
    inputFieldsOf: (typeName) => inputs.get(typeName),
    resultFieldsOf: (query) => objects.get(queries.get(query)?.typeName ?? ""),
    fieldsOf: (typeName) => objects.get(typeName),
  };
}

function parseOperations(rootType: unknown): ReadonlyMap<string, OperationField> {
  const fields = asList(asObject(rootType)?.["fields"]) ?? [];
  return new Map(fields.map((field) => [nameOf(field), parseOperation(field)]));
}

function parseOperation(value: unknown): OperationField {
  const field = asObject(value);
  return { typeName: parseType(field?.["type"]).typeName, arguments: (asList(field?.["args"]) ?? []).map(parseInputField) };
}

function parseInputField(value: unknown): InputField {
  const field = asObject(value);
  const { type, typeName } = parseType(field?.["type"]);
  const hasDefault = asText(field?.["defaultValue"]) !== null;
  return { name: nameOf(value), type, typeName, required: type.endsWith("!") && !hasDefault };
}

function parseType(value: unknown): TypeReference {
  const reference = asObject(value);
  if (reference === undefined) return { type: "", typeName: "" };
  const { kind, ofType } = reference;
  if (kind !== "NON_NULL" && kind !== "LIST") return { type: nameOf(reference), typeName: nameOf(reference) };
  const { type, typeName } = parseType(ofType);
  return { type: kind === "LIST" ? `[${type}]` : `${type}!`, typeName };
}

function nameOf(value: unknown): string {
  return asText(asObject(value)?.["name"]) ?? "";
}
