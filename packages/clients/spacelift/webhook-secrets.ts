/** Webhook secrets that this process has read, so that many webhooks of one integration cost one request. Memory only. */
import { fingerprint } from "../../domain";

interface Kept {
  /** Null: the key may not see it. */
  readonly secret: string | null;
  /** Expectations that were not met and were looked into once. */
  readonly doubted: Set<string>;
}

export class WebhookSecrets {
  readonly #kept = new Map<string, Kept>();
  readonly #epochs = new Map<string, number>();

  /** Changes with every mutation of the integration: a read that began before one must not be kept after it. */
  epoch(id: string): number {
    return this.#epochs.get(id) ?? 0;
  }

  /** Keeps what a read has shown, unless the integration was changed since `epoch`. */
  keep(id: string, secret: string | null, epoch: number): void {
    if (epoch !== this.epoch(id)) return;
    this.#kept.set(id, { secret, doubted: this.#kept.get(id)?.doubted ?? new Set() });
  }

  /** The kept secret; undefined when it has to be read: none is kept, or it is another one than expected and was not yet read again for that. */
  recall(id: string, expected: string | null): string | null | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return undefined;
    const actual = kept.secret === null ? null : fingerprint(kept.secret);
    if (expected === null || actual === expected || kept.doubted.has(expected)) return kept.secret;
    return undefined;
  }

  /** The secret was read again because of this expectation: that is enough. */
  settle(id: string, expected: string | null): void {
    if (expected !== null) this.#kept.get(id)?.doubted.add(expected);
  }

  forget(id: string): void {
    this.#epochs.set(id, this.epoch(id) + 1);
    this.#kept.delete(id);
  }
}
