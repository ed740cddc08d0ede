/** Formats the changes of a plan for people. */
import { changedAttributes, type PlannedChange } from "../harness";

const ACTIONS: Readonly<Record<string, string>> = {
  create: "create",
  update: "update in place",
  delete: "delete",
  "create,delete": "replace: create the new one first, then delete the old one",
  "delete,create": "replace: delete the old one first, then create the new one",
};

/** One change: the action, every changed attribute, and the attributes of `watched` that stay the same. */
export function changeText(change: PlannedChange, watched: readonly string[] = []): string {
  const { address, actions, unknown } = change;
  const before = change.before ?? {};
  const after = change.after ?? {};
  const heading = `${address}: ${ACTIONS[actions.join()] ?? actions.join(", ")}`;
  const showsAttributes = actions.length === 2 || actions.join() === "update";
  if (!showsAttributes) return heading;
  const changed = changedAttributes(change);
  const newValue = (name: string) => (unknown[name] === true ? "known after apply" : valueText(after[name]));
  const lines = [
    ...watched
      .filter((name) => name in before && !changed.includes(name))
      .map((name) => ({ name, text: `${valueText(before[name])} (unchanged)` })),
    ...changed.map((name) => ({ name, text: `${valueText(before[name])} -> ${newValue(name)}` })),
  ];
  const width = Math.max(0, ...lines.map(({ name }) => name.length));
  return [heading, ...lines.map(({ name, text }) => `  ${name.padEnd(width)}  ${text}`)].join("\n");
}

/** Omits the middle of a long URL, because long URLs differ at their end. */
function valueText(value: unknown): string {
  const shortened = typeof value === "string" ? value.replace(/^(https?:\/\/[^/]+\/).{30,}(\/[^/]+\/[^/]+)$/, "$1…$2") : value;
  return shortened === null || shortened === undefined ? "null" : JSON.stringify(shortened);
}

/** All changes. If several resources of one type change in the same way, only the first is shown in full. */
export function changesText(changes: readonly PlannedChange[], watched: readonly string[] = []): string {
  const groups = new Map<string, PlannedChange[]>();
  for (const change of changes) {
    const key = [change.type, change.actions.join(), ...changedAttributes(change)].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const texts = [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [changeText(first, watched), ...others.map(({ address }) => `${address}: the same changes`)],
  );
  return texts.join("\n");
}
