/** Rule: a text that programs for YAML 1.1 read as another type is quoted. Bitlift reads YAML 1.2, in which it is a text, so this is a warning. */
import type { FileDraft } from "../draft";
import { caution, type Location, type Remark } from "../finding";

const BOOLEAN_IN_YAML_1_1 = /^(y|yes|n|no|on|off)$/i;
const OTHER_TYPE_IN_YAML_1_1 = /^(\d{4}-\d{2}-\d{2}([Tt ].*)?|[-+]?\d+(:[0-5]?\d)+|[-+]?[\d_]+_[\d_]*)$/;

/** @param written the text of a value as the file contains it. */
export function* quotes({ roots }: FileDraft, written: (location: Location) => string | undefined): Generator<Remark> {
  for (const root of roots) yield* plainTexts(root, written, new Set());
}

function* plainTexts(holder: object, written: (location: Location) => string | undefined, seen: Set<object>): Generator<Remark> {
  if (seen.has(holder)) return;
  seen.add(holder);
  for (const [name, value] of Object.entries(holder) as [string, unknown][]) {
    if (typeof value === "object" && value !== null) yield* plainTexts(value, written, seen);
    // `until` is a date for people and programs alike.
    if (typeof value !== "string" || name === "until") continue;
    const isBoolean = BOOLEAN_IN_YAML_1_1.test(value);
    if (!isBoolean && !OTHER_TYPE_IN_YAML_1_1.test(value)) continue;
    const at: Location = { holder, key: Array.isArray(holder) ? Number(name) : name };
    if (written(at) !== value) continue;
    const other = isBoolean ? "true or false" : "a date or a number";
    yield caution("quotes-advised", at, `many programs read ${value} without quotes as ${other}. Quote it: "${value}".`);
  }
}
