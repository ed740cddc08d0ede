/** Stacks and modules of Spacelift's own provider read their code through an integration, whichever provider manages the integration. */
import type { TerraformProvider } from "./host";
import { Construct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import type { BitbucketIntegrationBase, StackSource } from "./integration";
import type { RepositoryOf } from "./products";
import { publishedProvider } from "./published/published-providers";
import { describeValue } from "./props/described-value";
import type { ISpace } from "./space-reference";
import { validationError } from "./validation-error";

/** The arguments of Spacelift's own provider that describe a source. The constructs write them. */
export type SourceArguments =
  | "azureDevops"
  | "bitbucketCloud"
  | "bitbucketDatacenter"
  | "githubEnterprise"
  | "gitlab"
  | "provider"
  | "rawGit"
  | "repository"
  | "spaceId"
  | "spaceliftRepo";

/** Where a stack or module reads its code. */
export interface SpaceliftSourceProps<P extends BitbucketProduct = BitbucketProduct> {
  /** The integration through which Spacelift reads the repository. */
  readonly integration: BitbucketIntegrationBase<P>;
  /** The repository: `<workspace>/<repository>` on Bitbucket Cloud, `<PROJECT>/<repository>` on Bitbucket Data Center, or a repository object. */
  readonly repository: RepositoryOf[P] | string;
  /**
   * The Space of the stack or module. Synthesis checks that the integration is available there.
   * @default - Spacelift chooses the Space: root, or the one of the run
   */
  readonly space?: ISpace;
  /**
   * Spacelift's own provider.
   * @default - the one that the stack declares, or else one that logs in as the stack's BitliftProvider does
   */
  readonly provider?: TerraformProvider;
}

interface SourceConfig {
  readonly repository: string;
  readonly spaceId: string | undefined;
  readonly provider: TerraformProvider | undefined;
  readonly bitbucketCloud?: StackSource;
  readonly bitbucketDatacenter?: StackSource;
}

/** The arguments that follow from a source. */
export function sourceConfig<P extends BitbucketProduct>(
  scope: Construct,
  { integration, repository, space, provider }: SpaceliftSourceProps<P>,
): SourceConfig {
  if (!Construct.isConstruct(integration) || !("resolveStackSource" in integration)) throw wrongIntegration(integration);
  if (provider === undefined) publishedProvider(scope, "spacelift", undefined);
  const { slug, source } = integration.resolveStackSource({ repository, ...(space === undefined ? {} : { space }) });
  const block = integration.product === "cloud" ? { bitbucketCloud: source } : { bitbucketDatacenter: source };
  return { repository: slug, spaceId: space?.spaceId, provider, ...block };
}

/** An untyped program can pass any value, and the source of a stack cannot be left out. */
function wrongIntegration(value: unknown) {
  return validationError("value-not-allowed", {
    why: `The integration of a stack or module is ${describeValue(value)}.`,
    fix: "Pass a BitbucketCloudIntegration or BitbucketDatacenterIntegration, or what their functions fromIntegrationId and fromDefault return.",
  });
}
