// Spacelift's own control paths: its runs, the deliveries that it received, and its state.
import { createControlRoute } from "../../core/control-route";
import type { Route } from "../../core/service";
import { describeAccount, describeDeliveries, describeRuns } from "./control-serializers";
import type { Store } from "./store";

export function createSpaceliftControlRoutes(store: Store): readonly Route[] {
  return [
    createControlRoute("GET", "runs", () => store.accounts.flatMap(describeRuns)),
    createControlRoute("GET", "deliveries", () => store.accounts.flatMap(describeDeliveries)),
    createControlRoute("GET", "state", () => ({ accounts: store.accounts.map(describeAccount) })),
  ];
}
