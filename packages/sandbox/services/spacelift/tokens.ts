// Issues and verifies the tokens of the emulated Spacelift: signed JWTs with exactly one audience, which clients depend on.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface Claims {
  /** Exactly one: the account's base URL, without /graphql and without a trailing slash. */
  readonly aud: readonly [string];
  /** Seconds since the epoch. */
  readonly exp: number;
  readonly iat: number;
  /** "api-key" after a login, "spacelift" for the tokens of runs. */
  readonly iss: string;
  /** The key's id; for the token of a run: `<stack>/<run>`. */
  readonly sub: string;
  /** The id of the seeded key or token. */
  readonly jti: string;
}

export interface Tokens {
  issue(claims: Claims): string;
  /** Undefined for a token that this sandbox did not sign. Does not check the expiry. */
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
      const actual = Buffer.from(signature, "base64url");
      const expected = sign(`${head}.${body}`);
      if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
      return JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Claims;
    },
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
