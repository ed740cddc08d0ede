/** The rule about texts: names, descriptions, labels, titles, and logins that the provider would reject. */
import type { TerraformStack } from "cdktf";
import {
  BitbucketCloudIntegration,
  CloudRepository,
  Credential,
  RepositoryWebhook,
  Space,
  type BitbucketCloudIntegrationProps,
} from "../../../lib";
import { CREDENTIAL, stackWith, validationMessageOf } from "../synthesis";

const integration = (stack: TerraformStack, id: string, props: Partial<BitbucketCloudIntegrationProps> = {}) =>
  new BitbucketCloudIntegration(stack, id, { name: id, credential: CREDENTIAL, ...props });

const INVALID_APPS: readonly [title: string, build: (stack: TerraformStack) => void, message: RegExp][] = [
  [
    "a bell in the name of an integration",
    (stack) => integration(stack, "a", { name: "a\u0007" }),
    /bitbucket\/a: [\s\S]*The name "a\\u0007" contains the character \\u0007/,
  ],
  ["a name without a letter or digit", (stack) => integration(stack, "a", { name: "!!!" }), /no letter from a to z and no digit/],
  ["a newline in the name of a Space", (stack) => new Space(stack, "a", { name: "a\nb" }), /\\u000A/],
  [
    "an escape sequence in a description",
    (stack) => new Space(stack, "a", { name: "a", description: "line\n\u001B[0m" }),
    /The description [\s\S]*\\u001B at position 6/,
  ],
  ["an empty label", (stack) => integration(stack, "a", { labels: ["ok", ""] }), /A label is empty/],
  [
    "a bell in the title of a webhook",
    (stack) => {
      const receiver = integration(stack, "a");
      new RepositoryWebhook(stack, "w", { integration: receiver, repository: CloudRepository.parse("acme/infra"), title: "a\u0007" });
    },
    /bitbucket\/w: [\s\S]*The title "a\\u0007"/,
  ],
  [
    "a user name instead of an email address",
    (stack) => integration(stack, "a", { credential: { email: "ci-bot", apiToken: Credential.fromEnvironment("T") } }),
    /bitbucket\/a: [\s\S]*"ci-bot" is not an email address\.\s+Set it to the email address of the Atlassian account/,
  ],
  [
    "git's user name instead of an email address",
    (stack) => integration(stack, "a", { credential: { email: "x-token-auth", apiToken: Credential.fromEnvironment("T") } }),
    /"x-token-auth" is a user name for git, not an email address/,
  ],
  [
    "a bell in the text that rotates the webhook secret",
    (stack) => integration(stack, "a", { webhookSecretRotation: "1\u0007" }),
    /The text "1\\u0007" contains the character \\u0007[\s\S]*Remove the character at position 2: "1"\./,
  ],
];

it.each(INVALID_APPS)("rejects %s", (_title, build, message) => {
  expect(validationMessageOf(stackWith(build))).toMatch(message);
  expect(validationMessageOf(stackWith(build))).toContain("(value-not-allowed)");
});
