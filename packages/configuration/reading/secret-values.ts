/** Messages about secrets that stand in the file. None repeats the value. */
import { VARIABLE_NAME_FORM } from "../../domain";
import { describeType } from "../quoting";
import type { Path } from "./subject";

const SECRET_KEYS: readonly unknown[] = ["token", "password", "appPassword"];

/** Whether a path leads to a secret, or to the name of the variable that contains it. */
export function isSecretKey(path: Path): boolean {
  const [last, owner] = [path.at(-1), path.at(-2)];
  return SECRET_KEYS.includes(last) || ((last === "env" || last === "variable") && SECRET_KEYS.includes(owner));
}

export function secretMessage(subject: string, value: unknown): string {
  if (/^"[^"]*(?:env|variable)"/.test(subject)) {
    if (typeof value !== "string")
      return `${subject} must be the name of a variable, but is ${typeof value === "object" ? describeType(value) : "not text"}.`;
    const form = /env"/.test(subject) ? VARIABLE_NAME_FORM : 'A name consists of letters, digits, "_" and "-"';
    return `${subject} does not look like the name of a variable. If it is the secret itself, remove it from the file and its history, and rotate the secret. ${form}.`;
  }
  if (typeof value === "object") return `${subject} is ${describeType(value)}. Write { env: <name of the environment variable> }.`;
  return `${subject} is written in the file, and files are committed. Remove it from the file and its history, rotate the secret, and write { env: <name of the environment variable> }.`;
}
