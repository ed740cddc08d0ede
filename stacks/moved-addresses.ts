/** The `moved` blocks of a stack: objects keep their state when a key changes. */
import { TerraformElement } from "../lib/host";

interface Move {
  readonly from: string;
  readonly to: string;
}

/** Writes the blocks of a stack. */
export class MovedAddresses extends TerraformElement {
  readonly #moves: Move[] = [];

  /**
   * Moves an object from whichever of its former addresses is in the state. The engine accepts one source for each address, so each former
   * address moves to the next one.
   */
  add(formerAddresses: readonly string[], address: string): void {
    const path = [...new Set(formerAddresses)].filter((former) => former !== address);
    path.forEach((from, index) => this.#moves.push({ from, to: path[index + 1] ?? address }));
  }

  override toTerraform(): unknown {
    return this.#moves.length === 0 ? {} : { moved: this.#moves };
  }
}
