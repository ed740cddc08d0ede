// Compares and formats server versions (`x.y` or `x.y.z`), and lists the version that introduced each feature.

/** @param minimum such as "7.0" */
export function isAtLeast(version: string, minimum: string): boolean {
  const [major, minor] = parseVersion(version);
  const [minimumMajor, minimumMinor] = parseVersion(minimum);
  return major === minimumMajor ? minor >= minimumMinor : major > minimumMajor;
}

/** Servers show versions with three numbers. */
export function formatFullVersion(version: string): string {
  return parseVersion(version).join(".");
}

/** The build number of 9.5.2 is 9005002. */
export function formatBuildNumber(version: string): string {
  const [major, minor, patch] = parseVersion(version);
  return `${major * 1_000_000 + minor * 1000 + patch}`;
}

function parseVersion(version: string): readonly [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
}

/** The first version with each feature. `webhooks` and `personalTokens` are documented; the others are assumed within their major version. */
export const SINCE = {
  webhooks: "5.4",
  personalTokens: "5.5",
  ownedTokens: "7.0",
  fromRefUpdated: "7.0",
  defaultBranch: "7.5",
  /** The fields scopeType, sslVerificationRequired and credentials of a webhook. */
  newWebhookFields: "8.0",
  webhookSearch: "8.0",
  /** A separate exception for requests without login. */
  loginException: "9.0",
  /** The fields commits and toCommit in deliveries of pushes. */
  commitsInPush: "8.0",
  drafts: "8.18",
  insights: "5.15",
  builds: "7.4",
  isoDeliveries: "10.0",
} as const;
