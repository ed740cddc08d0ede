// Spacelift's own control paths: its runs, the deliveries that it received, and its whole state.
import type { Route } from "../../core/service";
import { showAccount, showDeliveries, showRuns } from "./control-views";
import type { Store } from "./store";

export function createSpaceliftControlRoutes(store: Store): readonly Route[] {
  return [
    createRoute("runs", () => store.accounts.flatMap(showRuns)),
    createRoute("deliveries", () => store.accounts.flatMap(showDeliveries)),
    createRoute("state", () => ({ accounts: store.accounts.map(showAccount) })),
  ];
}

function createRoute(name: string, show: () => unknown): Route {
  return { method: "GET", pattern: `/_sandbox/${name}`, operation: name, handle: () => ({ status: 200, body: show() }) };
}
