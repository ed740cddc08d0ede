/** An integration as Spacelift stores it, and a server that returns it. */
import type { IntegrationAccess, IntegrationInput } from "../../spacelift/bitbucket-integrations";
import type { Problem } from "../../../diagnostics";
import { rejectionOf } from "../http/stub-server";
import { startSpacelift, type Resolver, type SpaceliftOptions } from "./stub-spacelift";

export const SECRET = "9d1f0c77aa";
export const stored = {
  id: "payments",
  name: "Payments",
  isDefault: false,
  space: { id: "root" },
  labels: ["a"],
  description: "Pays",
  vcsChecks: "ALL",
  useGitCheckout: true,
  username: null,
  email: "ci@example.com",
  webhookUrl: "https://hooks.example/payments",
  webhookSecret: SECRET,
};
export const listed = { id: "payments", name: "Payments", provider: "BITBUCKET_CLOUD", isDefault: false, space: { id: "root" } };
export const input: IntegrationInput = {
  name: "Payments",
  isDefault: false,
  spaceId: "root",
  labels: [],
  description: "",
  vcsChecks: "INDIVIDUAL",
  useGitCheckout: null,
};
export const v2 = (token: string | null): IntegrationAccess => ({ generation: "v2", productFields: { email: "ci@example.com" }, token });
export const v1 = (token: string | null): IntegrationAccess => ({ generation: "v1", productFields: { username: "ci" }, token });

export const mutations: Record<string, Resolver> = Object.fromEntries(
  ["Create", "CreateV2", "Update", "UpdateV2", "RegenerateWebhookSecret"].map((name) => [`bitbucketCloudIntegration${name}`, () => stored]),
);
export const start = (options: SpaceliftOptions = {}) => startSpacelift({ ...options, resolvers: { ...mutations, ...options.resolvers } });

export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return (await rejectionOf(work)) as Problem;
}
