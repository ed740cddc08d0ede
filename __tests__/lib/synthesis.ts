/** Builds a stack for a test and synthesizes or validates it. */
import { Testing, TerraformStack, type App } from "cdktf";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  Credential,
  type BitbucketCloudCredential,
  type IntegrationProps,
} from "../../lib";

/** A valid credential. */
export const CREDENTIAL: BitbucketCloudCredential = {
  email: "spacelift@acme.example",
  apiToken: Credential.fromEnvironment("PAYMENTS_TOKEN"),
};

/** Valid props that only a Data Center integration has. */
export const SERVER = {
  apiHost: "https://bitbucket.acme.example",
  username: "spacelift",
  accessToken: Credential.fromEnvironment("PLATFORM_TOKEN"),
};

/** The two products, for tests that apply to both. */
export const PRODUCT_CASES = [
  {
    product: "cloud",
    integrationType: "bitlift_bitbucket_cloud_integration",
    webhookType: "bitlift_bitbucket_cloud_webhook",
    repositoriesType: "bitlift_bitbucket_cloud_repositories",
    namespaceArgument: "workspace",
    integrationClass: BitbucketCloudIntegration,
    createIntegration: (stack: TerraformStack, id: string, props: Partial<IntegrationProps> = {}) =>
      new BitbucketCloudIntegration(stack, id, { name: "Payments", credential: CREDENTIAL, ...props }),
  },
  {
    product: "datacenter",
    integrationType: "bitlift_bitbucket_datacenter_integration",
    webhookType: "bitlift_bitbucket_datacenter_webhook",
    repositoriesType: "bitlift_bitbucket_datacenter_repositories",
    namespaceArgument: "project",
    integrationClass: BitbucketDatacenterIntegration,
    createIntegration: (stack: TerraformStack, id: string, props: Partial<IntegrationProps> = {}) =>
      new BitbucketDatacenterIntegration(stack, id, { name: "Payments", ...SERVER, ...props }),
  },
] as const;

/** The warnings of all constructs, in the order of the tree. */
export function warningsOf(stack: TerraformStack): string[] {
  const entries = stack.node.findAll().flatMap((construct) => construct.node.metadata);
  return entries.filter((entry) => entry.type === "@cdktf/warn").map((entry) => String(entry.data));
}

/** The parts of a JSON configuration that tests read. */
export interface Synthesized {
  readonly provider: Record<string, Record<string, unknown>[]>;
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly data: Record<string, Record<string, Record<string, unknown>>>;
  readonly variable: Record<string, Record<string, unknown>>;
  readonly terraform: Record<string, unknown>;
  readonly import: Record<string, unknown>[];
}

/** A stack with a provider. */
export function stackWith(build: (stack: TerraformStack) => void, app: App = Testing.app()): TerraformStack {
  const stack = new TerraformStack(app, "bitbucket");
  new BitliftProvider(stack, "bitlift");
  build(stack);
  return stack;
}

/** The configuration of a stack, without the metadata of CDKTF. */
export function synthesize(build: (stack: TerraformStack) => void): Synthesized {
  return synthesizedStack(stackWith(build));
}

/** The same for a stack that exists. */
export function synthesizedStack(stack: TerraformStack): Synthesized {
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

/** All resources of a type, in the order of their addresses. */
export function resources(configuration: Synthesized, type: string): Record<string, unknown>[] {
  return Object.values(configuration.resource[type] ?? {});
}

/** The only resource of a type. */
export function onlyResource(configuration: Synthesized, type: string): Record<string, unknown> {
  const found = resources(configuration, type);
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** The error message of the validation. Undefined if the stack is valid. */
export function validationMessageOf(stack: TerraformStack): string | undefined {
  try {
    stack.runAllValidations();
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}
