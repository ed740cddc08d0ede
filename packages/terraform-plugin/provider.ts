/** A provider: its block, how the block becomes the value that handlers receive, and its lists. */
import type { Attributes, Blocks } from "./schema/attributes";
import type { ProviderConfig } from "./schema/infer";
import type { AnyDataSource, AnyResource, Log, Report } from "./resource";

export interface ValidateProviderContext<A extends Attributes, B extends Blocks> {
  readonly config: ProviderConfig<A, B>;
  readonly report: Report;
}

export interface ConfigureContext<A extends Attributes, B extends Blocks> {
  /** Anything in it may be undecided during a plan; that must not fail a plan which needs no remote call. */
  readonly config: ProviderConfig<A, B>;
  /** What the engine says of itself; OpenTofu 1.12 and later send a fixed text. */
  readonly terraformVersion: string;
  readonly report: Report;
  readonly log: Log;
  /** Aborted when the engine asks the provider to stop. */
  readonly signal: AbortSignal;
}

export interface Provider<A extends Attributes, B extends Blocks, Api> {
  /** Local name and prefix of every type: `bitlift`. */
  readonly name: string;
  /** Where configurations find it: `terraform.local/bitlift/bitlift`. */
  readonly source: string;
  readonly version: string;
  readonly summary: string;
  readonly attributes: A;
  readonly blocks: B;
  validate?(context: ValidateProviderContext<A, B>): void | Promise<void>;
  /** Makes the value that handlers receive. Called once per process; in debugging, once per walk. */
  configure(context: ConfigureContext<A, B>): Api | Promise<Api>;
  readonly resources: readonly AnyResource<Api>[];
  readonly dataSources: readonly AnyDataSource<Api>[];
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the runtime serves any provider
export type AnyProvider = Provider<any, any, any>;

/** Infers the types of the provider block. */
export function providerFor<Api>() {
  return <A extends Attributes, B extends Blocks>(declaration: Provider<A, B, Api>): Provider<A, B, Api> => declaration;
}
