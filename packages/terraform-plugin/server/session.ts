/** The state of one served provider: its declarations by type, its configuration, and the signal that stops handlers. */
import type { Diagnostic } from "../../diagnostics";
import { error } from "../catalog";
import type { AnyProvider, Provider } from "../provider";
import type { Context, DataSource, Log, Resource } from "../resource";
import { withBlocks, type Attributes, type Blocks } from "../schema/attributes";
import { Activity } from "./activity";
import type { Diagnostics } from "./diagnostics";

/** Declarations without their attribute types: at run time, values are checked against the schema instead. */
export type ServedResource = Resource<Attributes, unknown>;
export type ServedDataSource = DataSource<Attributes, unknown>;
export type ServedProvider = Provider<Attributes, Blocks, unknown>;

export class Session {
  readonly provider: ServedProvider;
  readonly log: Log;
  /** The attributes of the provider block, with its nested blocks as objects. */
  readonly configAttributes: Attributes;
  /** Secrets of the provider block, which no message may contain. */
  secrets: readonly string[] = [];
  /** Of the current walk. */
  activity = new Activity();
  readonly #resources: ReadonlyMap<string, ServedResource>;
  readonly #dataSources: ReadonlyMap<string, ServedDataSource>;
  #abort = new AbortController();
  #configured: { readonly api: unknown } | undefined;

  constructor(provider: AnyProvider, log: Log) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- from here on, values are checked against the schema at run time
    this.provider = provider;
    this.log = log;
    this.configAttributes = withBlocks(this.provider.attributes, this.provider.blocks);
    this.#resources = indexByFullType(this.provider.name, this.provider.resources as readonly ServedResource[]);
    this.#dataSources = indexByFullType(this.provider.name, this.provider.dataSources as readonly ServedDataSource[]);
  }

  /** By full type, like `bitlift_space`. */
  resource(type: string): ServedResource | undefined {
    return this.#resources.get(type);
  }

  dataSource(type: string): ServedDataSource | undefined {
    return this.#dataSources.get(type);
  }

  resourceTypes(): readonly string[] {
    return [...this.#resources.keys()];
  }

  dataSourceTypes(): readonly string[] {
    return [...this.#dataSources.keys()];
  }

  /** Called when the engine configures the provider, which starts a new walk of the engine's graph. A stop of an earlier walk does not affect it. */
  startWalk(): AbortSignal {
    if (this.#abort.signal.aborted) this.#abort = new AbortController();
    this.#configured = undefined;
    this.activity = new Activity();
    return this.#abort.signal;
  }

  /** Sets the value that handlers receive as `api`. */
  setConfigured(api: unknown): void {
    this.#configured = { api };
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Whether the engine has requested a stop. */
  get isStopped(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Returns the context of a handler. Until the provider is configured, adds an error to `diagnostics` and returns undefined. */
  handlerContext(diagnostics: Diagnostics): Context<unknown> | undefined {
    if (this.#configured === undefined) {
      diagnostics.add(notConfiguredError());
      return undefined;
    }
    return { api: this.#configured.api, report: diagnostics, log: this.log, signal: this.#abort.signal };
  }
}

function indexByFullType<T extends { readonly type: string }>(provider: string, declarations: readonly T[]): ReadonlyMap<string, T> {
  return new Map(declarations.map((declaration) => [`${provider}_${declaration.type}`, declaration]));
}

function notConfiguredError(): Diagnostic {
  return error("provider-not-configured", {
    why: "The engine sent a request, but no valid provider configuration.",
    fix: "Correct the errors about the provider block first. If no such errors are shown, report this error with the engine's name and version.",
  });
}
