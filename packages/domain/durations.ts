/** Durations in settings, such as `1h30m`. */

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The duration in milliseconds. Undefined if the text is not a duration. */
export function durationIn(text: string): number | undefined {
  if (!/^(\d+(ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h)/g)];
  return parts.reduce((total, [, amount, unit = ""]) => total + Number(amount) * (UNITS[unit] ?? 0), 0);
}
