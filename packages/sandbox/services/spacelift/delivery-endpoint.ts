// The webhook addresses of both Bitbucket products.
import type { Route, SandboxRequest, SandboxResponse } from "../../core/service";
import { receiveDelivery } from "./deliveries";
import { respondWithText, respondNotFound } from "./errors";
import { WEBHOOK_PATHS } from "./integrations";
import type { BitbucketProvider } from "./state";
import type { Store } from "./store";

const PROVIDERS = ["BITBUCKET_CLOUD", "BITBUCKET_DATACENTER"] as const;

export function createDeliveryRoutes(store: Store): readonly Route[] {
  return PROVIDERS.flatMap((provider) => {
    const accountPath = `/${WEBHOOK_PATHS[provider]}/:account`;
    return [`${accountPath}/integration/:slug`, accountPath].map((pattern) => ({
      method: "POST",
      pattern,
      operation: "delivery",
      handle: (request: SandboxRequest) => handle(store, provider, request),
    }));
  });
}

function handle(store: Store, provider: BitbucketProvider, { headers, body, path, params }: SandboxRequest): SandboxResponse {
  const { switches, clock } = store;
  const account = store.findAccountByUlid(params["account"]);
  if (account === undefined) return respondNotFound();
  const { status, text } = receiveDelivery({ account, switches, clock }, { provider, path, slug: params["slug"], headers, body });
  return respondWithText(status, text);
}
