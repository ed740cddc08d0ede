/** Structured log lines on standard error, in the format that engines recognize. */
import type { Log, LogFields } from "../resource";

const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** Keeps lines below the 64 KiB that engines read. */
const MAXIMUM_TEXT_LENGTH = 8_000;

export interface PluginLog extends Log {
  includes(level: Level): boolean;
  trace(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Returns the level that the environment sets; undefined if nothing is logged. */
export function levelFrom(environment: NodeJS.ProcessEnv): Level | undefined {
  const forProviders = environment.TF_LOG_PROVIDER ?? "";
  const name = (forProviders === "" ? (environment.TF_LOG ?? "") : forProviders).trim().toLowerCase();
  if (name === "" || name === "off") return undefined;
  // As in engines, `json` and unknown names select every level.
  return LEVELS.find((level) => level === name) ?? "trace";
}

export function pluginLog(name: string, level: Level | undefined, write: (line: string) => void): PluginLog {
  const minimum = level === undefined ? LEVELS.length : LEVELS.indexOf(level);
  const includes = (lineLevel: Level) => LEVELS.indexOf(lineLevel) >= minimum;
  const logAt = (lineLevel: Level) => (message: string, fields?: LogFields) => {
    if (includes(lineLevel)) write(`${formatLine(name, lineLevel, message, fields, new Date())}\n`);
  };
  return { includes, trace: logAt("trace"), debug: logAt("debug"), info: logAt("info"), warn: logAt("warn"), error: logAt("error") };
}

/** Returns one line, without a line break. Every value is a string: another type under a reserved key crashes the engine. */
export function formatLine(name: string, level: Level, message: string, fields: LogFields | undefined, now: Date): string {
  const extra = Object.entries(fields ?? {}).filter(([key, value]) => !key.startsWith("@") && value !== null && value !== undefined);
  return JSON.stringify({
    "@level": level,
    "@message": shorten(message),
    // Six fractional digits: with three, engines treat the line as plain text.
    "@timestamp": now.toISOString().replace("Z", "000Z"),
    "@module": name,
    ...Object.fromEntries(extra.map(([key, value]) => [key, shorten(String(value))])),
  });
}

function shorten(text: string): string {
  return text.length <= MAXIMUM_TEXT_LENGTH ? text : `${text.slice(0, MAXIMUM_TEXT_LENGTH)}… (${text.length} characters)`;
}
