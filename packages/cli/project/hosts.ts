/** The two host frameworks, and what an app imports with each. The names are the same in lib/host/host-packages.ts. */

export const ENTRIES = { cdktf: "bitlift", cdktn: "bitlift/cdktn" } as const;
export type HostName = keyof typeof ENTRIES;

/** The other host of a package that is one. Undefined for every other package. */
export function otherHost(name: string): HostName | undefined {
  if (!(name in ENTRIES)) return undefined;
  return name === "cdktf" ? "cdktn" : "cdktf";
}
