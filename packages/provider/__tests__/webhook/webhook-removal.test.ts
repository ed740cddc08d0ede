/** The plan of a webhook's delete names the stacks and modules that lose deliveries. */
import type { Consumer } from "../../../clients";
import type { Clients } from "../../configuration/clients";
import { warnOfRemoval } from "../../webhook/delete-webhook";
import type { StoredWebhook, ProductFacts } from "../../webhook/webhook-adapter";
import { look } from "../unhurried-look";

const FACTS: ProductFacts = { product: "cloud", namespaceArgument: "workspace", requiredEvents: [] };

const PRIOR: StoredWebhook = {
  namespace: "acme",
  repository: "infra",
  integration_id: "payments",
  webhook_url: null,
  secret_fingerprint: null,
  title: null,
  additional_events: null,
  events: null,
  active: null,
  verify_certificate: null,
  adopt_existing: null,
  id: "{1}",
};

const ignore = () => undefined;
const LOG = { includes: () => false, debug: ignore, info: ignore, warn: ignore };

const stack = (id: string, integrationId: string): Consumer => ({
  kind: "stack",
  id,
  name: `Stack ${id}`,
  spaceId: "root",
  namespace: "acme",
  repository: "infra",
  branch: "main",
  integrationId,
  provider: "BITBUCKET_CLOUD",
  detached: false,
});

const createApi = (ofRepository: () => Promise<readonly Consumer[]>) =>
  ({ look, spacelift: { usage: { ofRepository } } }) as unknown as Clients;

it("names the consumers on the repository that use the webhook's integration, and no others", async () => {
  const consumers = [stack("a", "payments"), stack("b", "other")];
  const diagnostic = await warnOfRemoval(
    createApi(() => Promise.resolve(consumers)),
    FACTS,
    PRIOR,
    LOG,
  );
  expect(diagnostic?.code).toBe("webhook-removal");
  expect(diagnostic?.why).toContain("Stack a");
  expect(diagnostic?.why).not.toContain("Stack b");
});

it("reports nothing if no consumer uses the webhook's integration", async () => {
  const api = createApi(() => Promise.resolve([stack("b", "other")]));
  expect(await warnOfRemoval(api, FACTS, PRIOR, LOG)).toBeUndefined();
});

it("reports that the consumers cannot be read, and does not fail", async () => {
  const api = createApi(() => Promise.reject(new Error("no route")));
  expect(await warnOfRemoval(api, FACTS, PRIOR, LOG)).toMatchObject({ code: "integration-usage-unknown", severity: "warning" });
});
