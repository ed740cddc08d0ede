/** A large bitlift.yaml: one part for each integration, with a Space and repositories of its own. */

/** @param repositories The number of each part. */
export function largeFile(parts: number, repositories: number): string {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const integration = (part: number) => [
    `  team-${part}:`,
    `    cloud: { email: spacelift@acme.example, token: { env: TOKEN_${part} } }`,
    `    name: Bitbucket for Team ${part}`,
    `    space: team-${part}-space`,
    "    repositories:",
    ...numbers(repositories).map((index) =>
      index % 3 === 0
        ? `      - { repository: acme-${part}/repository-${index}, additionalEvents: ["pullrequest:rejected"] }`
        : `      - acme-${part}/repository-${index}`,
    ),
  ];
  const lines = [
    "version: 1",
    "parts: integration",
    "spaces:",
    ...numbers(parts).map((part) => `  team-${part}-space: { name: Team ${part} }`),
    "integrations:",
    ...numbers(parts).flatMap(integration),
  ];
  return `${lines.join("\n")}\n`;
}
