/** Finds the integration that a webhook's URL belongs to. Only integrations of this Spacelift account count. */
import { problem } from "../../../domain";
import type { Webhook } from "../../../clients";
import type { Clients } from "../../configuration/clients";
import { KnownIntegrations } from "../../integration/known-integrations";
import { movedIntegrationId } from "../../webhook/imported-webhook";
import { integrationOfUrl } from "../../webhook/integration-of-url";

const URL = "https://webhooks.example/bitbucket-cloud/OUR/integration/payments";
const listing = (id: string, isDefault = false) => ({ id, name: id, isDefault, spaceId: "root" });

interface Account {
  readonly listings: readonly ReturnType<typeof listing>[];
  /** URLs by integration; null: the key cannot read it. */
  readonly urls: Readonly<Record<string, string | null>>;
}

function apiOf({ listings, urls }: Account) {
  const requests: string[] = [];
  const find = (id: string) => {
    requests.push(id);
    const webhookUrl = urls[id];
    return Promise.resolve(webhookUrl == null ? { state: "hidden" } : { state: "found", integration: { webhookUrl } });
  };
  const integrations = { list: () => Promise.resolve(listings), find };
  const api = { knownIntegrations: new KnownIntegrations(), spacelift: { integrations: { cloud: integrations } } } as unknown as Clients;
  return { api, requests };
}

it.each<[string, Account, string | null]>([
  ["has the ID in the URL", { listings: [listing("payments")], urls: { payments: URL } }, "payments"],
  ["is hidden from the key, so the ID has to suffice", { listings: [listing("payments")], urls: { payments: null } }, "payments"],
  ["is the default one, whose ID is not in the URL", { listings: [listing("main", true)], urls: { main: URL } }, "main"],
  ["does not exist", { listings: [listing("other")], urls: { other: URL.replace("payments", "other") } }, null],
  ["has the same ID in another account", { listings: [listing("payments")], urls: { payments: URL.replace("OUR", "THEIR") } }, null],
  ["cannot be the default one if the key cannot read its URL", { listings: [listing("main", true)], urls: { main: null } }, null],
])("the integration %s", async (_name, account, expected) => {
  expect(await integrationOfUrl(apiOf(account).api, "cloud", URL)).toBe(expected);
});

it("one lookup serves every webhook with the URL", async () => {
  const { api, requests } = apiOf({ listings: [listing("payments")], urls: { payments: URL } });
  await Promise.all([1, 2, 3].map(() => integrationOfUrl(api, "cloud", URL)));
  expect(requests).toEqual(["payments"]);
});

describe("after a move from another provider, the integration of the webhook", () => {
  const findMoved = (api: Clients) => {
    const report = { add: () => expect("a diagnostic").toBe("never reported") };
    return movedIntegrationId("cloud", { url: URL } as Webhook, { api, report } as unknown as Parameters<typeof movedIntegrationId>[2]);
  };
  const failing = (kind: "canceled" | "not-permitted") => {
    const list = () => Promise.reject(problem("integration-lookup-failed", { why: "It failed.", fix: "Try again." }, { kind }));
    return { knownIntegrations: new KnownIntegrations(), spacelift: { integrations: { cloud: { list } } } } as unknown as Clients;
  };

  it("is found by its URL", async () => {
    expect(await findMoved(apiOf({ listings: [listing("payments")], urls: { payments: URL } }).api)).toBe("payments");
  });

  it("is null if the lookup fails, because the configuration names it; a cancellation stays one", async () => {
    expect(await findMoved(failing("not-permitted"))).toBeNull();
    await expect(findMoved(failing("canceled"))).rejects.toMatchObject({ kind: "canceled" });
  });
});
