// Tokens of the emulated Spacelift: signed JWTs with the one audience that clients depend on.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface Claims {
  /** Exactly one: the account's base URL, without /graphql and without a trailing slash. */
  readonly aud: readonly [string];
  /** Seconds since the epoch. */
  readonly exp: number;
  readonly iat: number;
  /** "api-key" after a login, "spacelift" for tokens that runs get. */
  readonly iss: string;
  /** The key's id; of a run's token `<stack>/<run>`. */
  readonly sub: string;
  /** Which seeded key or token it stands for. */
  readonly jti: string;
}

export interface Tokens {
  issue(claims: Claims): string;
  /** Undefined for anything that this sandbox did not sign. Expiry is the caller's business. */
  verify(token: string): Claims | undefined;
}

export function createTokens(): Tokens {
  const key = randomBytes(32);
  const header = encode({ alg: "HS256", typ: "JWT" });
  const sign = (text: string): Buffer => createHmac("sha256", key).update(text).digest();
  return {
    issue: (claims) => {
      const text = `${header}.${encode(claims)}`;
      return `${text}.${sign(text).toString("base64url")}`;
    },
    verify: (token) => {
      const [head, body, signature, ...more] = token.split(".");
      if (head !== header || body === undefined || signature === undefined || more.length > 0) return undefined;
      const given = Buffer.from(signature, "base64url");
      const expected = sign(`${head}.${body}`);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Claims;
    },
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
