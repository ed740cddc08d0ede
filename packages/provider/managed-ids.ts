/** The IDs of the objects that are in the state, as far as this process has read or planned them. */

/** Maximum time to wait for the read of an object, and the time between two attempts. */
const WAIT_MS = 200;
const STEP_MS = 20;

export class ManagedIds {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id);
  }

  /** Whether the object is in the state. The engine reads the state while it plans other objects, so the answer "no" takes a moment. */
  async has(id: string): Promise<boolean> {
    for (let waited = 0; !this.#ids.has(id) && waited < WAIT_MS; waited += STEP_MS)
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    return this.#ids.has(id);
  }
}
