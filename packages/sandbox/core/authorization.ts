// Parses the Authorization header of a request.

export type Authorization =
  | { readonly scheme: "bearer"; readonly token: string }
  | { readonly scheme: "basic"; readonly user: string; readonly password: string }
  | { readonly scheme: "other" };

/** Undefined without the header. An unreadable Basic header yields an empty or garbled login, which matches no user. */
export function parseAuthorization(header: string | undefined): Authorization | undefined {
  if (header === undefined) return undefined;
  const space = header.indexOf(" ");
  const scheme = header.slice(0, space).toLowerCase();
  const credential = header.slice(space + 1).trim();
  if (scheme === "bearer") return { scheme, token: credential };
  if (scheme !== "basic") return { scheme: "other" };
  const login = Buffer.from(credential, "base64").toString("utf8");
  const colon = login.indexOf(":");
  return { scheme, user: login.slice(0, colon), password: login.slice(colon + 1) };
}
