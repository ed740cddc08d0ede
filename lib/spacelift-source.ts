/** Stacks and modules of Spacelift's own provider read their code through an integration, whichever provider manages the integration. */
import { TerraformProvider, TerraformStack } from "./host";
import { Construct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import type { BitbucketIntegrationBase, StackSource } from "./integration";
import type { RepositoryOf } from "./products";
import { sourceProvider } from "./published/published-providers";
import { describeValue } from "./props/described-value";
import { INTEGRATION_FIX, SPACE_FIX } from "./rules/other-places";
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
   * @default - the one that logs in as the provider of the integration does, or else the one that the stack declares, or else one that logs in as
   * the stack's BitliftProvider does
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

/** An untyped program can leave the props out. */
export function sourceProps<Props extends object>(given: Props): Props {
  if (typeof (given as unknown) === "object" && (given as unknown) !== null) return given;
  throw validationError("value-not-allowed", {
    why: `The props of a stack or module are ${describeValue(given)}.`,
    fix: "Pass an object with integration, repository and branch.",
  });
}

/** The arguments that follow from a source. */
export function sourceConfig<P extends BitbucketProduct>(
  scope: Construct,
  { integration, repository, space, provider }: SpaceliftSourceProps<P>,
): SourceConfig {
  if (!Construct.isConstruct(integration) || !("resolveStackSource" in integration)) throw wrongIntegration(integration);
  requireSameApp(scope, "integration", integration, INTEGRATION_FIX);
  requireSameApp(scope, "space", space, SPACE_FIX);
  const providerOrDefault = provider === undefined ? providerLike(scope, integration) : spaceliftProvider(provider);
  const { slug, source } = integration.resolveStackSource({ repository, ...(space === undefined ? {} : { space }) });
  const block = integration.product === "cloud" ? { bitbucketCloud: source } : { bitbucketDatacenter: source };
  return { repository: slug, spaceId: space?.spaceId, provider: providerOrDefault, ...block };
}

/** The integration belongs to the account of its provider, so the stack does too. The engine finds no provider of another stack. */
function providerLike(scope: Construct, { provider }: BitbucketIntegrationBase): TerraformProvider | undefined {
  const isHere = provider !== undefined && TerraformStack.of(provider) === TerraformStack.of(scope);
  return sourceProvider(scope, "spacelift", isHere ? provider : undefined);
}

/** Only a class knows its type, and any package can generate one for Spacelift's provider. */
function spaceliftProvider(provider: TerraformProvider): TerraformProvider {
  if (TerraformProvider.isTerraformProvider(provider) && provider.terraformResourceType === "spacelift") return provider;
  throw validationError("value-not-allowed", {
    why: `The provider of a stack or module is ${describeValue(provider)}.`,
    fix: "Pass a SpaceliftProvider of bitlift/spacelift. Or leave it out: the stack then logs in as its integration does.",
  });
}

function requireSameApp(scope: Construct, name: string, used: unknown, fix: string): void {
  if (!Construct.isConstruct(used) || used.node.root === scope.node.root) return;
  throw validationError("value-not-allowed", {
    why: `The ${name} of a stack or module is ${used.node.path} of another app, and an app cannot refer to the stacks of another one.`,
    fix,
  });
}

/** An untyped program can pass any value, and the source of a stack cannot be left out. */
function wrongIntegration(value: unknown) {
  return validationError("value-not-allowed", {
    why: `The integration of a stack or module is ${describeValue(value)}.`,
    fix: "Pass a BitbucketCloudIntegration or BitbucketDatacenterIntegration, or what their functions fromIntegrationId and fromDefault return.",
  });
}
