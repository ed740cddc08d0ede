/** One provider being served: its declarations by name, the value that `configure` made, and the signal that stops handlers. */
import { error } from "../catalog";
import type { Diagnostic } from "../../diagnostics";
import type { AnyProvider, Provider } from "../provider";
import type { Context, DataSource, Log, Resource } from "../resource";
import type { Attributes, Blocks } from "../schema/attributes";
import { withBlocks } from "../schema/kinds";
import type { Findings } from "./findings";

/** Declarations whose attribute types are no longer known; values are checked against the schema at run time instead. */
export type ServedResource = Resource<Attributes, unknown>;
export type ServedDataSource = DataSource<Attributes, unknown>;
export type ServedProvider = Provider<Attributes, Blocks, unknown>;

export class Session {
  readonly provider: ServedProvider;
  /** The provider block: attributes, and nested blocks as objects. */
  readonly configAttributes: Attributes;
  /** Texts of the provider block that no message may repeat. */
  secrets: readonly string[] = [];
  private readonly resources: ReadonlyMap<string, ServedResource>;
  private readonly dataSources: ReadonlyMap<string, ServedDataSource>;
  private stopping = new AbortController();
  private configured: { readonly api: unknown } | undefined;

  constructor(
    provider: AnyProvider,
    readonly log: Log,
  ) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- from here on values are checked against the schema at run time
    this.provider = provider;
    this.configAttributes = withBlocks(this.provider.attributes, this.provider.blocks);
    this.resources = byName(this.provider.name, this.provider.resources as readonly ServedResource[]);
    this.dataSources = byName(this.provider.name, this.provider.dataSources as readonly ServedDataSource[]);
  }

  resource(type: string): ServedResource | undefined {
    return this.resources.get(type);
  }

  dataSource(type: string): ServedDataSource | undefined {
    return this.dataSources.get(type);
  }

  resourceNames(): readonly string[] {
    return [...this.resources.keys()];
  }

  dataSourceNames(): readonly string[] {
    return [...this.dataSources.keys()];
  }

  /** A new walk of the engine begins: what was stopped before does not concern it. */
  begin(): AbortSignal {
    if (this.stopping.signal.aborted) this.stopping = new AbortController();
    this.configured = undefined;
    return this.stopping.signal;
  }

  ready(api: unknown): void {
    this.configured = { api };
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Whether the engine has asked to stop. */
  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** What a handler receives, or undefined with the reason among the findings. */
  context(findings: Findings): Context<unknown> | undefined {
    if (this.configured === undefined) {
      findings.add(notConfigured());
      return undefined;
    }
    return { api: this.configured.api, report: findings, log: this.log, signal: this.stopping.signal };
  }
}

function byName<T extends { readonly type: string }>(prefix: string, list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((entry) => [`${prefix}_${entry.type}`, entry]));
}

function notConfigured(): Diagnostic {
  return error("provider-not-configured", {
    why: "The engine asked the provider for work before it sent a usable provider configuration.",
    fix: "Correct the errors about the provider block first. If there are none, report this with the engine's name and version.",
  });
}
