/** What a Spacelift token says about itself. The signature is not checked: only Spacelift decides whether a token is valid. */
import { asList, asObject, asText, parseJson, type JsonObject } from "../http/json";

/** Milliseconds since 1970; undefined if the token does not say. */
export function expiryOf(token: string): number | undefined {
  const seconds = claimsOf(token)?.["exp"];
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

/** The only audience; undefined if the token names none, or several. */
export function audienceOf(token: string): string | undefined {
  const claim = claimsOf(token)?.["aud"];
  const audiences = asList(claim) ?? [claim];
  return audiences.length === 1 ? (asText(audiences[0]) ?? undefined) : undefined;
}

function claimsOf(token: string): JsonObject | undefined {
  const [, payload] = token.split(".");
  return payload === undefined ? undefined : asObject(parseJson(Buffer.from(payload, "base64url").toString("utf8")));
}
