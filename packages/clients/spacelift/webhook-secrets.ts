/** Webhook secrets that this process has read, so that many webhooks of one integration cost one request. In memory only. */
import { fingerprint } from "../../domain";

interface CachedSecret {
  /** Null: the key is not permitted to see it. */
  readonly secret: string | null;
  /** Expected fingerprints that did not match even after a second read. */
  readonly acceptedMismatches: Set<string>;
}

export class WebhookSecrets {
  readonly #secrets = new Map<string, CachedSecret>();
  readonly #versions = new Map<string, number>();

  /** Changes with every mutation of the integration: a read that began before the mutation must not be stored after it. */
  version(id: string): number {
    return this.#versions.get(id) ?? 0;
  }

  /** Stores the result of a read, unless the integration has changed since `version`. */
  store(id: string, secret: string | null, version: number): void {
    if (version !== this.version(id)) return;
    this.#secrets.set(id, { secret, acceptedMismatches: this.#secrets.get(id)?.acceptedMismatches ?? new Set() });
  }

  /** The stored secret. Undefined if it must be read: none is stored, or it is not the expected one and has not been read again since. */
  get(id: string, expectedFingerprint: string | null): string | null | undefined {
    const cached = this.#secrets.get(id);
    if (cached === undefined) return undefined;
    const { secret, acceptedMismatches } = cached;
    const actual = secret === null ? null : fingerprint(secret);
    const isAccepted = expectedFingerprint === null || actual === expectedFingerprint || acceptedMismatches.has(expectedFingerprint);
    return isAccepted ? secret : undefined;
  }

  /** Call this after a second read, so that the same expectation does not cause a third one. */
  acceptMismatch(id: string, expectedFingerprint: string | null): void {
    if (expectedFingerprint !== null) this.#secrets.get(id)?.acceptedMismatches.add(expectedFingerprint);
  }

  forget(id: string): void {
    this.#versions.set(id, this.version(id) + 1);
    this.#secrets.delete(id);
  }
}
