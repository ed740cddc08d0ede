// Checks the fields of a JSON body one by one, and collects the messages of all invalid fields.
import type { JsonObject } from "../../core/json-body";

/** Messages by field. */
export type FieldMessages = Record<string, string[]>;

const REQUIRED = "This field is required.";

export class FieldChecks {
  readonly messages: FieldMessages = {};
  readonly #body: JsonObject;

  constructor(body: JsonObject) {
    this.#body = body;
  }

  get failed(): boolean {
    return Object.keys(this.messages).length > 0;
  }

  /** Absent and null are the same. */
  text(name: string, { required = false, limit = Number.POSITIVE_INFINITY } = {}): string | undefined {
    const value = this.#body[name];
    if (value === undefined || value === null || value === "") {
      if (required) this.add(name, REQUIRED);
      return value === "" ? "" : undefined;
    }
    if (typeof value !== "string") this.add(name, "Not a valid string.");
    else if (value.length > limit) this.add(name, `Ensure this value has at most ${limit} characters (it has ${value.length}).`);
    else return value;
    return undefined;
  }

  choice<Word extends string>(name: string, words: readonly Word[], { required = false } = {}): Word | undefined {
    const value = this.#body[name];
    if (value === undefined || value === null) {
      if (required) this.add(name, REQUIRED);
      return undefined;
    }
    const found = words.find((word) => word === value);
    if (found === undefined) this.add(name, `Value ${JSON.stringify(value)} is not a valid choice. Valid: ${words.join(", ")}.`);
    return found;
  }

  wholeNumber(name: string, minimum: number): number | undefined {
    const value = this.#body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= minimum) return value;
    this.add(name, `Ensure this value is a whole number of at least ${minimum}.`);
    return undefined;
  }

  add(name: string, message: string): void {
    this.messages[name] = [...(this.messages[name] ?? []), message];
  }
}
