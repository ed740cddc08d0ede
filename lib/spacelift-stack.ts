/** A stack of Spacelift's own provider that reads its code through an integration. */
import type { Construct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import { scopeAndId } from "./props/checked-props";
import { Stack, type StackConfig } from "./providers/spacelift/stack";
import { sourceConfig, sourceProps, type SourceArguments, type SpaceliftSourceProps } from "./spacelift-source";

/** Props of `SpaceliftStack`: its source, and every other argument of `spacelift_stack`. */
export type SpaceliftStackProps<P extends BitbucketProduct = BitbucketProduct> = SpaceliftSourceProps<P> &
  Omit<StackConfig, SourceArguments | "showcase">;

/**
 * A stack, managed by Spacelift's own provider. It takes its source from `stackSource` of the integration, so the engine creates it after the
 * webhook, and moves both to another integration together. The integration may have either backing.
 */
export class SpaceliftStack<P extends BitbucketProduct = BitbucketProduct> extends Stack {
  constructor(scope: Construct, id: string, props: SpaceliftStackProps<P>) {
    const place = scopeAndId("SpaceliftStack", scope, id);
    const { integration, repository, space, provider, ...config } = sourceProps(props);
    const source = { integration, repository, space, provider } as SpaceliftSourceProps<P>;
    super(...place, { ...config, ...sourceConfig(scope, source) });
  }
}
