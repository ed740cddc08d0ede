/** The stacks and modules that a warning of the provider names. */
import { NOBODY, type Affected, type AffectedConsumer } from "../finding";

/** As `describeConsumer` of the provider writes them. */
const CONSUMER = /\b(stack|module) "(.*?)" \(([^()\s]+)\)(?=[,;. ]|$)/g;
const MORE = /and (\d+) more/;
/** As `describeCaveat` of the provider writes it. */
const CAVEAT = /(The list is incomplete: .*|It is not known whether .*)$/s;

export function affectedInText(text: string): Affected {
  const caveat = CAVEAT.exec(text)?.[1];
  const list = caveat === undefined ? text : text.slice(0, -caveat.length);
  const found = new Map<string, AffectedConsumer>();
  for (const [, kind, name = "", id = ""] of list.matchAll(CONSUMER)) {
    found.set(`${kind ?? ""} ${id}`, { kind: kind === "module" ? "module" : "stack", id, name, space: undefined });
  }
  const consumers = [...found.values()];
  // A text without names is one about a failure to find out.
  const unknown = consumers.length === 0 ? text : undefined;
  return { ...NOBODY, consumers, unnamed: Number(MORE.exec(list)?.[1] ?? 0), caveat: caveat ?? unknown };
}
