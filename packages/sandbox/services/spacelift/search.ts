// The one search form of Spacelift's lists: predicates, full text, order, pages by cursor.
import { Refusal } from "./errors";

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

/** Field of a predicate -> its values on one node. */
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

const PAGE = 50;

/** @throws Refusal for a field that cannot be searched, or a cursor that belongs to no node */
export function search<Node extends { readonly id: string; readonly name: string }>(
  nodes: readonly Node[],
  input: SearchInput,
  fields: Fields<Node>,
): Page<Node> {
  let found = [...nodes];
  for (const predicate of input.predicates ?? []) {
    const values = fields[predicate.field];
    if (values === undefined) throw new Refusal(`unknown field "${predicate.field}"`);
    found = found.filter((node) => matches(predicate, values(node)) !== (predicate.exclude ?? false));
  }
  const text = (input.fullTextSearch ?? "").toLowerCase();
  if (text !== "") found = found.filter((node) => node.name.toLowerCase().includes(text) || node.id.toLowerCase().includes(text));
  if (input.orderBy !== null && input.orderBy !== undefined) found = ordered(found, input.orderBy, fields);
  const after = input.after ?? "";
  const start = after === "" ? 0 : found.findIndex((node) => cursorOf(node) === after) + 1;
  if (after !== "" && start === 0) throw new Refusal("invalid cursor");
  const first = input.first ?? PAGE;
  if (first < 1) throw new Refusal("first must be above 0");
  const shown = found.slice(start, start + first);
  const edges = shown.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: start + first < found.length,
      hasPreviousPage: start > 0,
    },
  };
}

function matches({ constraint }: Predicate, values: readonly (string | boolean)[]): boolean {
  const wanted = [...(constraint.booleanEquals ?? []), ...(constraint.enumEquals ?? []), ...(constraint.stringMatches ?? [])];
  return wanted.some((one) => values.includes(one));
}

function ordered<Node>(nodes: readonly Node[], by: NonNullable<SearchInput["orderBy"]>, fields: Fields<Node>): Node[] {
  const values = fields[by.field];
  if (values === undefined) throw new Refusal(`unknown field "${by.field}"`);
  const direction = by.direction === "DESC" ? -1 : 1;
  return [...nodes].sort((a, b) => direction * String(values(a)[0] ?? "").localeCompare(String(values(b)[0] ?? "")));
}

function cursorOf(node: { readonly id: string }): string {
  return Buffer.from(node.id).toString("base64url");
}
