/** The methods of the protocol. Each one decodes its request, calls `server/`, and encodes the response. */
import type { Session } from "../server/session";
import { dataSourceMethods } from "./data-source-methods";
import type { ProviderDefinition } from "./generated/tfplugin6";
import type { Implementation } from "./grpc/service";
import { providerMethods, schemaMethods } from "./provider-methods";
import { resourceMethods } from "./resource-methods";
import { ServedTypes } from "./served-types";

/** One method for each RPC of the provider service, by the same name. */
export type RpcMethods = Implementation<ProviderDefinition>;

export function rpcMethods(session: Session): RpcMethods {
  const types = new ServedTypes(session);
  return {
    ...schemaMethods(session),
    ...providerMethods(session, types),
    ...resourceMethods(session, types),
    ...dataSourceMethods(session, types),
  };
}
