// The parameter `sort` of a list: one field, with "-" in front of it for descending order.
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import type { FieldValue, FilterFields } from "./query-filter";

/** Items with equal values keep their order. @throws EarlyResponse 400 for a field that cannot be sorted by */
export function sortItems<Item>(items: readonly Item[], sort: string | null, fields: FilterFields<Item>): readonly Item[] {
  if (sort === null || sort === "") return items;
  const name = sort.replace(/^-/, "");
  const valueOf = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (valueOf === undefined) throw new EarlyResponse(errors.notSortable(name));
  const factor = sort.startsWith("-") ? -1 : 1;
  return items
    .map((item) => ({ item, key: createKey(valueOf(item)) }))
    .sort((left, right) => (left.key < right.key ? -factor : left.key > right.key ? factor : 0))
    .map(({ item }) => item);
}

/** Numbers sort by their value. */
function createKey(value: FieldValue): string {
  const text = String(value ?? "");
  return /^\d+$/.test(text) ? text.padStart(20, "0") : text;
}
