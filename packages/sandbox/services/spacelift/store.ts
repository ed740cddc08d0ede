// The accounts and switches of one emulated Spacelift, and how the control path resets and replaces them.
import type { Clock } from "../../core/clock";
import { parseSeed, type SpaceliftSeed } from "./seed";
import { createAccounts } from "./initial-state";
import type { Account } from "./state";
import { defaultSwitches, setSwitches, type Switches } from "./switches";

export interface StoreOptions {
  readonly clock: Clock;
  readonly seed: SpaceliftSeed;
  readonly switches?: Readonly<Record<string, unknown>> | undefined;
}

export class Store {
  readonly clock: Clock;
  readonly switches: Switches = defaultSwitches();
  readonly #initialSwitches: Readonly<Record<string, unknown>>;
  #seed: SpaceliftSeed;
  #accounts: ReadonlyMap<string, Account>;

  constructor({ clock, seed, switches = {} }: StoreOptions) {
    this.clock = clock;
    this.#initialSwitches = switches;
    this.#seed = parseSeed(seed);
    this.#accounts = createAccounts(this.#seed, clock);
    setSwitches(this.switches, switches);
  }

  get accounts(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  findAccount(name: string | undefined): Account | undefined {
    return this.#accounts.get(name ?? "");
  }

  /** Webhook addresses contain an account's ULID instead of its name. */
  findAccountByUlid(ulid: string | undefined): Account | undefined {
    return this.accounts.find((account) => account.ulid === ulid);
  }

  reset(): void {
    this.#accounts = createAccounts(this.#seed, this.clock);
    Object.assign(this.switches, defaultSwitches());
    setSwitches(this.switches, this.#initialSwitches);
  }

  /** Keeps the old seed and state if the new seed is invalid. */
  replaceSeed(data: unknown): void {
    const seed = parseSeed(data);
    this.#accounts = createAccounts(seed, this.clock);
    this.#seed = seed;
  }
}
