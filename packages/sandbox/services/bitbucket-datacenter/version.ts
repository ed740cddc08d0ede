// What a server has by its version: `x.y` or `x.y.z`.

/** @param first the version since which something is there: "7.0" */
export function isAtLeast(version: string, first: string): boolean {
  const [major, minor] = parseVersion(version);
  const [firstMajor, firstMinor] = parseVersion(first);
  return major === firstMajor ? minor >= firstMinor : major > firstMajor;
}

/** With a third number, as servers show it. */
export function fullVersion(version: string): string {
  return parseVersion(version).join(".");
}

/** 9.5.2 is 9005002. */
export function buildNumber(version: string): string {
  const [major, minor, patch] = parseVersion(version);
  return String(major * 1_000_000 + minor * 1000 + patch);
}

function parseVersion(version: string): readonly [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
}

/** Versions since which servers have what the emulator plays. The first two are documented, the others assumed within their major version. */
export const SINCE = {
  webhooks: "5.4",
  personalTokens: "5.5",
  ownedTokens: "7.0",
  fromRefUpdated: "7.0",
  defaultBranch: "7.5",
  /** Keys scopeType, sslVerificationRequired and credentials of a webhook. */
  newWebhookFields: "8.0",
  webhookSearch: "8.0",
  /** The exception of its own for requests without login. */
  loginException: "9.0",
  /** commits and toCommit in deliveries of pushes. */
  commitsInPush: "8.0",
  drafts: "8.18",
  isoDeliveries: "10.0",
} as const;
