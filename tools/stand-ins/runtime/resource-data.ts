/** The values of one object as a provider in Go reads them: what is unset or unknown reads as the zero value of its type. */
import type { Value } from "../../../packages/terraform-plugin";
import type { Values } from "./sdk-plan";
import { inSetOrder } from "./set-order";

export class ResourceData {
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  /** The value itself, for what has no zero value. */
  value(name: string): Value {
    return this.#values[name] ?? null;
  }

  text(name: string): string {
    const value = this.#values[name];
    return typeof value === "string" ? value : "";
  }

  /** Null if the text is empty. */
  textOrNull(name: string): string | null {
    return this.text(name) === "" ? null : this.text(name);
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  number(name: string): number {
    const value = this.#values[name];
    return typeof value === "number" ? value : 0;
  }

  list(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? (value as readonly string[]) : [];
  }

  /** The elements of a set in the order of the SDK. */
  set(name: string): readonly string[] {
    return inSetOrder(this.list(name));
  }

  /** As Go writes a slice that nothing was added to. */
  setOrNull(name: string): readonly string[] | null {
    const elements = this.set(name);
    return elements.length === 0 ? null : elements;
  }

  /** The only block of this name. */
  block(name: string): ResourceData | undefined {
    const value = this.#values[name];
    const [block] = Array.isArray(value) ? (value as readonly Values[]) : [];
    return block === undefined ? undefined : new ResourceData(block);
  }
}
