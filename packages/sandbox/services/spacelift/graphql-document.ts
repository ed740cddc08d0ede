// Parses and validates GraphQL documents, once per GraphQL schema and text.
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse, validate } from "graphql";

export interface PreparedDocument {
  /** Undefined if the text cannot be parsed. */
  readonly document: DocumentNode | undefined;
  readonly errors: readonly GraphQLError[];
  /** The names of the root fields, not their aliases. */
  readonly names: readonly string[];
  readonly introspectionOnly: boolean;
  /** The response body of an introspection, which never changes. */
  schemaBody?: string;
}

const CAPACITY = 500;
const documentsBySchema = new WeakMap<GraphQLSchema, Map<string, PreparedDocument>>();

/** Caches documents, because clients send the same few documents thousands of times. */
export function prepareDocument(schema: GraphQLSchema, text: string): PreparedDocument {
  let documents = documentsBySchema.get(schema);
  if (documents === undefined) documentsBySchema.set(schema, (documents = new Map<string, PreparedDocument>()));
  const cached = documents.get(text);
  if (cached !== undefined) return cached;
  if (documents.size >= CAPACITY) documents.clear();
  const prepared = parseDocument(schema, text);
  documents.set(text, prepared);
  return prepared;
}

function parseDocument(schema: GraphQLSchema, text: string): PreparedDocument {
  let document: DocumentNode;
  try {
    document = parse(removeEmptyParentheses(text));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { document: undefined, errors: [error], names: [], introspectionOnly: false };
  }
  const names = listRootFields(document);
  const introspectionOnly = names.length > 0 && names.every((name) => name.startsWith("__"));
  return { document, errors: validate(schema, document), names, introspectionOnly };
}

/** The published provider sends `{spaces(){id}}`, which the grammar forbids. Strings and comments stay unchanged. */
function removeEmptyParentheses(text: string): string {
  return text.replace(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n\r]*|\([\s,]*\)/g, (token) => (token.startsWith("(") ? "" : token));
}

function listRootFields(document: DocumentNode): string[] {
  const names: string[] = [];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const pending = [...definition.selectionSet.selections];
    const spread = new Set<string>();
    for (let selection = pending.shift(); selection !== undefined; selection = pending.shift()) {
      if (selection.kind === Kind.FIELD) {
        names.push(selection.name.value);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        pending.push(...selection.selectionSet.selections);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        pending.push(...listFragmentSelections(document, selection.name.value));
      }
    }
  }
  return names;
}

function listFragmentSelections(document: DocumentNode, name: string) {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name ? definition.selectionSet.selections : [],
  );
}
