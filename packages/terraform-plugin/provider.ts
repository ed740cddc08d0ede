/** A provider: its block, the value that handlers receive from it, and its resources and data sources. */
import type { CodePage } from "../diagnostics";
import type { AnyDataSource, AnyResource, Log, Report } from "./resource";
import type { Attributes, Blocks } from "./schema/attributes";
import type { ProviderConfig } from "./schema/infer";

export interface ValidateProviderContext<A extends Attributes, B extends Blocks> {
  readonly config: ProviderConfig<A, B>;
  readonly report: Report;
}

export interface ConfigureContext<A extends Attributes, B extends Blocks> {
  /** During a plan, any value may be UNKNOWN. Do not fail for that reason alone: a plan may need no remote call. */
  readonly config: ProviderConfig<A, B>;
  /** The version that the engine reports; OpenTofu 1.12 and later report a fixed text. */
  readonly terraformVersion: string;
  readonly report: Report;
  readonly log: Log;
  /** Aborted when the engine requests a stop. */
  readonly signal: AbortSignal;
}

export interface Provider<A extends Attributes, B extends Blocks, Api> {
  /** Local name, and prefix of every resource type: `bitlift`. */
  readonly name: string;
  /** Source address in `required_providers`: `terraform.local/bitlift/bitlift`. */
  readonly source: string;
  readonly version: string;
  /** One sentence. */
  readonly summary: string;
  /** Returns the address of the documentation of a diagnostic code, which ends each message. */
  readonly codePage?: CodePage;
  readonly attributes: A;
  readonly blocks: B;
  validate?(context: ValidateProviderContext<A, B>): void | Promise<void>;
  /** Returns the value that handlers receive as `api`. Called once per process; during debugging, once per command. */
  configure(context: ConfigureContext<A, B>): Api | Promise<Api>;
  readonly resources: readonly AnyResource<Api>[];
  readonly dataSources: readonly AnyDataSource<Api>[];
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the runtime serves any provider
export type AnyProvider = Provider<any, any, any>;

/** Returns a function that declares a provider: it fixes the type of `api` and infers the types of the provider block. */
export function providerFor<Api>() {
  return <A extends Attributes, B extends Blocks>(declaration: Provider<A, B, Api>): Provider<A, B, Api> => declaration;
}
