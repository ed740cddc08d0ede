// Checks the fields of a JSON body one by one, and collects the errors of all invalid fields.
import { EarlyResponse } from "../../core/early-response";
import type { JsonObject } from "../../core/json-body";
import { errors, type FieldError } from "./errors";

export class FieldChecks {
  readonly #body: JsonObject;
  readonly #errors: FieldError[] = [];

  constructor(body: JsonObject) {
    this.#body = body;
  }

  /** Absent and null are the same. */
  text(name: string, limit: number, { required = false } = {}): string | undefined {
    const value = this.#body[name];
    if (value === undefined || value === null || value === "") {
      if (required) this.add(name, `${name} is required.`);
      return undefined;
    }
    if (typeof value === "string" && value.length <= limit) return value;
    this.add(name, `${name} must be a string of at most ${limit} characters.`);
    return undefined;
  }

  choice<Word extends string>(name: string, words: readonly Word[], { required = false } = {}): Word | undefined {
    const value = this.#body[name];
    if (!required && (value === undefined || value === null)) return undefined;
    const found = words.find((word) => word === value);
    if (found === undefined) this.add(name, `${name} must be one of: ${words.join(", ")}.`);
    return found;
  }

  wholeNumber(name: string, minimum: number): number | undefined {
    const value = this.#body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= minimum) return value;
    this.add(name, `${name} must be a whole number of at least ${minimum}.`);
    return undefined;
  }

  add(context: string, message: string): void {
    this.#errors.push({ context, message });
  }

  /** @throws EarlyResponse 400 that lists all invalid fields */
  finish(): void {
    if (this.#errors.length > 0) throw new EarlyResponse(errors.invalid(...this.#errors));
  }
}
