/** The stacks and modules that a warning of the provider names. */
import { NOBODY, type Affected, type AffectedConsumer } from "../finding";

/** As `describeConsumer` of the provider writes them. What follows tells the end of a name that contains quotation marks. */
const CONSUMER = /\b(stack|module) "(.*?)" \(([^()\s]+)\)(?=, (?:stack|module) "|[,;] and \d+ more|[.;]| through |$)/g;
const MORE = /[,;] and (\d+) more(?=[.;]| through |$)/g;
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
  return { ...NOBODY, consumers, unnamed: Number([...list.matchAll(MORE)].at(-1)?.[1] ?? 0), caveat: caveat ?? unknown };
}
