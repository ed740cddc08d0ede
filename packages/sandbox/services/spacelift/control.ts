// Spacelift's own control paths: its runs, the deliveries that it received, and its whole state.
import type { Route } from "../../core/service";
import { describeAccount, describeDeliveries, describeRuns } from "./control-serializers";
import type { Store } from "./store";

export function createSpaceliftControlRoutes(store: Store): readonly Route[] {
  return [
    createRoute("runs", () => store.accounts.flatMap(describeRuns)),
    createRoute("deliveries", () => store.accounts.flatMap(describeDeliveries)),
    createRoute("state", () => ({ accounts: store.accounts.map(describeAccount) })),
  ];
}

function createRoute(name: string, show: () => unknown): Route {
  return { method: "GET", pattern: `/_sandbox/${name}`, operation: name, handle: () => ({ status: 200, body: show() }) };
}
