/** What this Spacelift server offers, asked for once per process: layouts differ between servers, and not all of them are published. */
import { listOf, objectOf, textOf } from "../http/json";
import type { GraphQl } from "./graphql";

/** An argument of a mutation, or a field of an input object. */
export interface InputField {
  readonly name: string;
  /** As a variable declares it: `[String!]`, `CustomVCSInput!`. */
  readonly type: string;
  /** Without list and non-null marks. */
  readonly typeName: string;
  /** Must be given: not nullable, and no default. */
  readonly required: boolean;
}

/** The GraphQL schema as far as this project needs it. */
export interface Schema {
  /** Arguments of a mutation; undefined where the server has no such mutation. */
  argumentsOf(mutation: string): readonly InputField[] | undefined;
  /** Fields of an input object; undefined for every other type. */
  inputFieldsOf(typeName: string): readonly InputField[] | undefined;
  /** Fields of the object that a query returns; undefined where the server has no such query. */
  resultFieldsOf(query: string): ReadonlySet<string> | undefined;
  /** Fields of an object type by its name; undefined where there is none. */
  fieldsOf(typeName: string): ReadonlySet<string> | undefined;
}

const TYPE = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
/** One flat request: types in full only where they are needed, since the whole GraphQL schema is large. */
const DOCUMENT = `query Schema {
  __schema {
    queryType { fields(includeDeprecated: true) { name type { ${TYPE} } } }
    mutationType { fields(includeDeprecated: true) { name type { ${TYPE} } args { name defaultValue type { ${TYPE} } } } }
    types { kind name fields(includeDeprecated: true) { name } inputFields { name defaultValue type { ${TYPE} } } }
  }
}`;

interface Field {
  readonly typeName: string;
  readonly arguments: readonly InputField[];
}

/** Asks for the GraphQL schema once; null where the server does not tell. */
export class SchemaSource {
  #schema: Promise<Schema | null> | undefined;

  constructor(private readonly graphql: GraphQl) {}

  /** @throws Problem when the server could not be asked; that is not remembered. */
  read(): Promise<Schema | null> {
    return (this.#schema ??= this.#ask());
  }

  async #ask(): Promise<Schema | null> {
    try {
      const { data } = await this.graphql.ask({ name: "Schema", document: DOCUMENT, kind: "query" });
      return schemaOf(data?.["__schema"]);
    } catch (failure) {
      this.#schema = undefined;
      throw failure;
    }
  }
}

function schemaOf(value: unknown): Schema | null {
  const root = objectOf(value);
  const types = listOf(root?.["types"]);
  if (root === undefined || types === undefined) return null;
  const objects = new Map<string, ReadonlySet<string>>();
  const inputs = new Map<string, readonly InputField[]>();
  for (const item of types) {
    const type = objectOf(item);
    const name = textOf(type?.["name"]);
    if (type === undefined || name === null) continue;
    const inputFields = listOf(type["inputFields"]);
    if (inputFields !== undefined) inputs.set(name, inputFields.map(inputFieldOf));
    const fields = listOf(type["fields"]);
    if (fields !== undefined) objects.set(name, new Set(fields.map((field) => textOf(objectOf(field)?.["name"]) ?? "")));
  }
  const operations = (kind: string): ReadonlyMap<string, Field> => new Map((listOf(objectOf(root[kind])?.["fields"]) ?? []).map(fieldOf));
  const queries = operations("queryType");
  const mutations = operations("mutationType");
  return {
    argumentsOf: (mutation) => mutations.get(mutation)?.arguments,
    inputFieldsOf: (typeName) => inputs.get(typeName),
    resultFieldsOf: (query) => objects.get(queries.get(query)?.typeName ?? ""),
    fieldsOf: (typeName) => objects.get(typeName),
  };
}

function fieldOf(value: unknown): readonly [string, Field] {
  const field = objectOf(value);
  return [
    textOf(field?.["name"]) ?? "",
    { typeName: typeOf(field?.["type"]).typeName, arguments: (listOf(field?.["args"]) ?? []).map(inputFieldOf) },
  ];
}

function inputFieldOf(value: unknown): InputField {
  const field = objectOf(value);
  const { type, typeName } = typeOf(field?.["type"]);
  const hasDefault = textOf(field?.["defaultValue"]) !== null;
  return { name: textOf(field?.["name"]) ?? "", type, typeName, required: type.endsWith("!") && !hasDefault };
}

function typeOf(value: unknown): { readonly type: string; readonly typeName: string } {
  const found = objectOf(value);
  if (found === undefined) return { type: "", typeName: "" };
  const inner = (): { readonly type: string; readonly typeName: string } => typeOf(found["ofType"]);
  if (found["kind"] === "NON_NULL") return { type: `${inner().type}!`, typeName: inner().typeName };
  if (found["kind"] === "LIST") return { type: `[${inner().type}]`, typeName: inner().typeName };
  const name = textOf(found["name"]) ?? "";
  return { type: name, typeName: name };
}
