// Authenticates requests to the emulated Spacelift, and issues the tokens of API keys and runs.
import type { Clock } from "../../core/clock";
import type { Account, Caller, SeededToken } from "./state";
import type { Switches } from "./switches";
import { createTokens, type Tokens } from "./tokens";

export interface AuthenticationOptions {
  readonly clock: Clock;
  readonly switches: Readonly<Switches>;
  /** The origin of the service, available once it listens. */
  origin(): string;
}

export interface Login {
  readonly id: string;
  readonly jwt: string;
  /** Seconds since the epoch. */
  readonly validUntil: number;
}

export class Authentication {
  readonly #options: AuthenticationOptions;
  readonly #tokens: Tokens = createTokens();

  constructor(options: AuthenticationOptions) {
    this.#options = options;
  }

  /** @param header the Authorization header */
  authenticate(account: Account, header: string | undefined): Caller | undefined {
    const [, token] = /^Bearer (.+)$/i.exec(header ?? "") ?? [];
    if (token === undefined) return undefined;
    const literal = account.tokens.find((seeded) => seeded.token === token);
    if (literal !== undefined) return toCaller(literal);
    const claims = this.#tokens.verify(token);
    if (claims === undefined || claims.aud[0] !== this.#audience(account)) return undefined;
    if (claims.exp * 1000 <= this.#options.clock.now()) return undefined;
    if (claims.iss !== "api-key") {
      const seeded = account.tokens.find(({ id }) => id === claims.jti);
      return seeded === undefined ? undefined : toCaller(seeded);
    }
    // If a new seed removes a key, the key's tokens become invalid.
    const key = account.keys.get(claims.sub);
    return key === undefined ? undefined : { id: key.id, name: key.name, roles: key.roles };
  }

  /** Null for an unknown key and for a wrong secret. */
  login(account: Account, id: string, secret: string): Login | null {
    const key = account.keys.get(id);
    if (key?.secret !== secret) return null;
    return { id, ...this.#issue(account, { iss: "api-key", sub: id, jti: id }) };
  }

  issueRunToken(account: Account, { id, subject }: SeededToken): string {
    return this.#issue(account, { iss: "spacelift", sub: subject, jti: id }).jwt;
  }

  #issue(account: Account, claims: { iss: string; sub: string; jti: string }): Pick<Login, "jwt" | "validUntil"> {
    const { clock, switches } = this.#options;
    const iat = Math.floor(clock.now() / 1000);
    const exp = iat + switches["token-lifetime"];
    return { jwt: this.#tokens.issue({ aud: [this.#audience(account)], exp, iat, ...claims }), validUntil: exp };
  }

  /** The account's base URL. */
  #audience(account: Account): string {
    return `${this.#options.origin()}/${account.name}`;
  }
}

function toCaller({ subject, roles }: SeededToken): Caller {
  return { id: subject, name: subject, roles };
}
