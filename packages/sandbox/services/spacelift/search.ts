// Searches Spacelift's lists: predicates, full text, order, and pages by cursor.
import { SpaceliftError } from "./errors";

export interface SearchInput {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly fullTextSearch?: string | null;
  readonly predicates?: readonly Predicate[] | null;
  readonly orderBy?: { readonly field: string; readonly direction: "ASC" | "DESC" } | null;
}

interface Predicate {
  readonly field: string;
  readonly constraint: {
    readonly booleanEquals?: readonly boolean[] | null;
    readonly enumEquals?: readonly string[] | null;
    readonly stringMatches?: readonly string[] | null;
  };
  readonly exclude?: boolean | null;
}

/** For each field, a function that reads its values from a node. */
export type Fields<Node> = Readonly<Record<string, (node: Node) => readonly (string | boolean)[]>>;

export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly startCursor: string | null;
    readonly endCursor: string | null;
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
  };
}

type Searchable = { readonly id: string; readonly name: string };

const PAGE_SIZE = 50;

/** @throws SpaceliftError for an unknown field or an invalid cursor */
export function search<Node extends Searchable>(nodes: readonly Node[], input: SearchInput, fields: Fields<Node>): Page<Node> {
  const matching = filter(nodes, input, fields);
  return paginate(input.orderBy === null || input.orderBy === undefined ? matching : sort(matching, input.orderBy, fields), input);
}

function filter<Node extends Searchable>(nodes: readonly Node[], input: SearchInput, fields: Fields<Node>): readonly Node[] {
  let matching = nodes;
  for (const predicate of input.predicates ?? []) {
    const values = requireField(fields, predicate.field);
    matching = matching.filter((node) => matches(predicate, values(node)) !== (predicate.exclude ?? false));
  }
  const text = (input.fullTextSearch ?? "").toLowerCase();
  if (text === "") return matching;
  return matching.filter(({ name, id }) => name.toLowerCase().includes(text) || id.toLowerCase().includes(text));
}

function matches({ constraint }: Predicate, values: readonly (string | boolean)[]): boolean {
  const accepted = [...(constraint.booleanEquals ?? []), ...(constraint.enumEquals ?? []), ...(constraint.stringMatches ?? [])];
  return accepted.some((value) => values.includes(value));
}

function sort<Node>(nodes: readonly Node[], by: NonNullable<SearchInput["orderBy"]>, fields: Fields<Node>): Node[] {
  const values = requireField(fields, by.field);
  const direction = by.direction === "DESC" ? -1 : 1;
  return [...nodes].sort((left, right) => direction * String(values(left)[0] ?? "").localeCompare(String(values(right)[0] ?? "")));
}

function requireField<Node>(fields: Fields<Node>, name: string): Fields<Node>[string] {
  const values = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (values === undefined) throw new SpaceliftError(`unknown field "${name}"`);
  return values;
}

function paginate<Node extends Searchable>(nodes: readonly Node[], input: SearchInput): Page<Node> {
  const after = input.after ?? "";
  const start = after === "" ? 0 : nodes.findIndex((node) => toCursor(node) === after) + 1;
  if (after !== "" && start === 0) throw new SpaceliftError("invalid cursor");
  const first = input.first ?? PAGE_SIZE;
  if (first < 1) throw new SpaceliftError("first must be above 0");
  const edges = nodes.slice(start, start + first).map((node) => ({ cursor: toCursor(node), node }));
  return {
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: start + first < nodes.length,
      hasPreviousPage: start > 0,
    },
  };
}

function toCursor({ id }: { readonly id: string }): string {
  return Buffer.from(id).toString("base64url");
}
