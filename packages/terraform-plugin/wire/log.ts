/** Structured log lines on standard error, in the one form that engines recognise. */
import type { Log, LogFields } from "../resource";

const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** Engines read lines of up to 64 KiB. */
const LONGEST_TEXT = 8_000;

export interface PluginLog extends Log {
  trace(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** The level that the environment asks for; undefined: nothing is to be logged. */
export function levelFrom(environment: NodeJS.ProcessEnv): Level | undefined {
  const own = environment.TF_LOG_PROVIDER ?? "";
  const wanted = (own === "" ? (environment.TF_LOG ?? "") : own).trim().toLowerCase();
  if (wanted === "" || wanted === "off") return undefined;
  // `json` asks the engine for another form of output, and means everything. So does a word that it does not know.
  return LEVELS.find((level) => level === wanted) ?? "trace";
}

export function pluginLog(name: string, level: Level | undefined, write: (line: string) => void): PluginLog {
  const least = level === undefined ? LEVELS.length : LEVELS.indexOf(level);
  const at = (each: Level) => (message: string, fields?: LogFields) => {
    if (LEVELS.indexOf(each) >= least) write(`${logLine(name, each, message, fields, new Date())}\n`);
  };
  return { trace: at("trace"), debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** One line. Every value is a string, because another type under a reserved key makes the engine itself crash. */
export function logLine(name: string, level: Level, message: string, fields: LogFields | undefined, now: Date): string {
  const extra = Object.entries(fields ?? {}).filter(([key, value]) => !key.startsWith("@") && value !== null && value !== undefined);
  return JSON.stringify({
    "@level": level,
    "@message": short(message),
    // Six fractional digits; with three the line is taken for plain text.
    "@timestamp": now.toISOString().replace("Z", "000Z"),
    "@module": name,
    ...Object.fromEntries(extra.map(([key, value]) => [key, short(String(value))])),
  });
}

function short(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}… (${String(text.length)} characters)`;
}
