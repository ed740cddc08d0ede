/** The integration that a webhook calls, found by the webhook's URL. */
import { integrationIdInUrl, type BitbucketProduct } from "../../domain";
import type { Clients } from "../configuration/clients";

/** Null if no integration of this Spacelift account has the URL. Looks it up once per process and URL. @throws Problem */
export function integrationOfUrl(api: Clients, product: BitbucketProduct, url: string): Promise<string | null> {
  return api.knownIntegrations.idsByUrl.read(`${product} ${url}`, () => lookUp(api, product, url));
}

async function lookUp(api: Clients, product: BitbucketProduct, url: string): Promise<string | null> {
  const integrations = api.spacelift.integrations[product];
  const idInUrl = integrationIdInUrl(url);
  const candidates = (await integrations.list()).filter(({ id, isDefault }) => id === idInUrl || isDefault);
  for (const { id } of candidates) {
    const found = await integrations.find(id, null);
    const actualUrl = found.state === "found" ? found.integration.webhookUrl : null;
    // Another account may have an integration with the same ID. If the key cannot read the URL, the ID has to suffice.
    if (actualUrl === url || (actualUrl === null && id === idInUrl && found.state !== "gone")) return id;
  }
  return null;
}
