/** The methods of the protocol. Each one decodes its request, calls `server/`, and encodes the response. */
import type { Session } from "../server/session";
import { dataSourceMethods } from "./data-source-methods";
import type { ProviderServer } from "./generated/tfplugin6";
import { providerMethods, schemaMethods } from "./provider-methods";
import { resourceMethods } from "./resource-methods";
import { ServedTypes } from "./served-types";

/** One method for each RPC of the provider service, by the same name. */
export type RpcMethods = {
  readonly [Name in keyof ProviderServer as Name extends string ? Name : never]: (request: never) => Promise<unknown>;
};

/** @public serve.ts loads it on demand, which tools that follow imports do not see */
export function rpcMethods(session: Session): RpcMethods {
  const types = new ServedTypes(session);
  return {
    ...schemaMethods(session),
    ...providerMethods(session, types),
    ...resourceMethods(session, types),
    ...dataSourceMethods(session, types),
  };
}
