/** A stack for one test, and what becomes of it. */
import { Testing, TerraformStack, type App } from "cdktf";
import { BitliftProvider, Credential, type BitbucketCloudCredential } from "../../lib";

/** A credential that is in order. */
export const CREDENTIAL: BitbucketCloudCredential = {
  email: "spacelift@acme.example",
  apiToken: Credential.fromEnvironment("PAYMENTS_TOKEN"),
};

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
