/** A stack for one test, and what becomes of it. */
import { Testing, TerraformStack, type App } from "cdktf";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  Credential,
  type BitbucketCloudCredential,
  type IntegrationProps,
} from "../../lib";

/** A credential that is in order. */
export const CREDENTIAL: BitbucketCloudCredential = {
  email: "spacelift@acme.example",
  apiToken: Credential.fromEnvironment("PAYMENTS_TOKEN"),
};

/** Own props of a Data Center integration that are in order. */
export const SERVER = {
  apiHost: "https://bitbucket.acme.example",
  username: "spacelift",
  accessToken: Credential.fromEnvironment("PLATFORM_TOKEN"),
};

/** The two products, for rules that hold for both. */
export const SIDES = [
  {
    product: "cloud",
    integrationType: "bitlift_bitbucket_cloud_integration",
    webhookType: "bitlift_bitbucket_cloud_webhook",
    repositoriesType: "bitlift_bitbucket_cloud_repositories",
    namespaceArgument: "workspace",
    constructs: BitbucketCloudIntegration,
    declare: (stack: TerraformStack, id: string, props: Partial<IntegrationProps> = {}) =>
      new BitbucketCloudIntegration(stack, id, { name: "Payments", credential: CREDENTIAL, ...props }),
  },
  {
    product: "datacenter",
    integrationType: "bitlift_bitbucket_datacenter_integration",
    webhookType: "bitlift_bitbucket_datacenter_webhook",
    repositoriesType: "bitlift_bitbucket_datacenter_repositories",
    namespaceArgument: "project",
    constructs: BitbucketDatacenterIntegration,
    declare: (stack: TerraformStack, id: string, props: Partial<IntegrationProps> = {}) =>
      new BitbucketDatacenterIntegration(stack, id, { name: "Payments", ...SERVER, ...props }),
  },
] as const;

/** What a construct warns of, in the order of the tree. */
export function warningsOf(stack: TerraformStack): string[] {
  const entries = stack.node.findAll().flatMap((construct) => construct.node.metadata);
  return entries.filter((entry) => entry.type === "@cdktf/warn").map((entry) => String(entry.data));
}

/** An engine's JSON configuration, as far as tests look at it. */
export interface Synthesised {
  readonly provider: Record<string, Record<string, unknown>[]>;
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly data: Record<string, Record<string, Record<string, unknown>>>;
  readonly variable: Record<string, Record<string, unknown>>;
  readonly terraform: Record<string, unknown>;
  readonly import: Record<string, unknown>[];
}

/** A stack with the provider in it. */
export function stackWith(build: (stack: TerraformStack) => void, app: App = Testing.app()): TerraformStack {
  const stack = new TerraformStack(app, "bitbucket");
  new BitliftProvider(stack, "bitlift");
  build(stack);
  return stack;
}

/** The configuration of a stack, without CDKTF's notes. */
export function synthesised(build: (stack: TerraformStack) => void): Synthesised {
  return JSON.parse(Testing.synth(stackWith(build))) as Synthesised;
}

/** All resources of a type, in order of address. */
export function resources(of: Synthesised, type: string): Record<string, unknown>[] {
  return Object.values(of.resource[type] ?? {});
}

/** The only resource of a type. */
export function only(of: Synthesised, type: string): Record<string, unknown> {
  const all = resources(of, type);
  expect(all).toHaveLength(1);
  return all[0]!;
}

/** What validation says; undefined when it is content. */
export function complaintOf(stack: TerraformStack): string | undefined {
  try {
    stack.runAllValidations();
    return undefined;
  } catch (refused) {
    return (refused as Error).message;
  }
}
