// The Authorization header of a request, taken apart.

export type Authorization =
  | { readonly scheme: "bearer"; readonly token: string }
  | { readonly scheme: "basic"; readonly user: string; readonly password: string }
  | { readonly scheme: "other" };

/** Undefined without the header; an unreadable Basic is one with empty or odd names, which nobody has. */
export function parseAuthorization(header: string | undefined): Authorization | undefined {
  if (header === undefined) return undefined;
  const space = header.indexOf(" ");
  const scheme = header.slice(0, space).toLowerCase();
  const given = header.slice(space + 1).trim();
  if (scheme === "bearer") return { scheme, token: given };
  if (scheme !== "basic") return { scheme: "other" };
  const login = Buffer.from(given, "base64").toString("utf8");
  const colon = login.indexOf(":");
  return { scheme, user: login.slice(0, colon), password: login.slice(colon + 1) };
}
