/** A module of Spacelift's own provider that reads its code through an integration. */
import type { Construct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import { scopeAndId } from "./props/checked-props";
import { Module, type ModuleConfig } from "./providers/spacelift/module";
import { sourceConfig, sourceProps, type SourceArguments, type SpaceliftSourceProps } from "./spacelift-source";

/** Props of `SpaceliftModule`: its source, and every other argument of `spacelift_module`. */
export type SpaceliftModuleProps<P extends BitbucketProduct = BitbucketProduct> = SpaceliftSourceProps<P> &
  Omit<ModuleConfig, SourceArguments>;

/**
 * A module, managed by Spacelift's own provider. It takes its source from `stackSource` of the integration, so the engine creates it after the
 * webhook, and moves both to another integration together. The integration may have either backing.
 */
export class SpaceliftModule<P extends BitbucketProduct = BitbucketProduct> extends Module {
  constructor(scope: Construct, id: string, props: SpaceliftModuleProps<P>) {
    const place = scopeAndId("SpaceliftModule", scope, id);
    const { integration, repository, space, provider, ...config } = sourceProps(props);
    const source = { integration, repository, space, provider } as SpaceliftSourceProps<P>;
    super(...place, { ...config, ...sourceConfig(scope, source) });
  }
}
