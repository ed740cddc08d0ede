/** The checked content of `bitlift.yaml`: everything that the app builds. Defaults are filled in, references are resolved, nothing is invalid. */
import type { Backing } from "../domain";

/** A place in a file. Lines and columns count from 1; columns count characters. */
export interface Place {
  /** As people know it: relative to the folder of `bitlift.yaml`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a secret comes from. The file never contains one. */
export type SecretSource = { readonly env: string } | { readonly variable: string; readonly version?: string };

/** A Space that exists already, by its ID, or by its name below a parent. The texts are data: nothing evaluates them. */
export type ExistingSpace = { readonly id: string } | { readonly name: string; readonly parent: SpaceReference };

/** `root`, or the key of a Space in the file. */
export type SpaceReference = "root" | (string & {});

export interface SpaceEntry {
  readonly key: string;
  readonly place: Place;
  /** The Space that contains it in the file. */
  readonly parent: SpaceReference;
  /** Defined for a Space that is managed elsewhere. The other fields are then unset. */
  readonly existing: ExistingSpace | undefined;
  readonly name: string;
  readonly inherit: boolean;
  readonly description: string | undefined;
  readonly labels: readonly string[];
  /** Former keys. */
  readonly previously: readonly string[];
}

export interface ServerEntry {
  readonly key: string;
  readonly place: Place;
  readonly url: string;
  readonly login: { readonly token: SecretSource } | { readonly username: string; readonly password: SecretSource } | undefined;
  /** Path of a PEM file, relative to the folder of `bitlift.yaml`. */
  readonly caCertificate: string | undefined;
}

export interface WebhookSettings {
  readonly title: string | undefined;
  readonly additionalEvents: readonly string[];
  readonly active: boolean;
  /** One word for both products. */
  readonly verifyCertificate: boolean;
  readonly adoptExisting: boolean;
}

/** One repository. */
export interface RepositoryEntry extends WebhookSettings {
  readonly place: Place;
  /** Workspace or project. */
  readonly namespace: string;
  readonly slug: string;
  /** Former repositories of this entry, as `<namespace>/<slug>`. */
  readonly previously: readonly string[];
}

/** Every repository of a workspace or project, or those that the filters select. */
export interface RepositorySetEntry extends WebhookSettings {
  readonly place: Place;
  /** Workspace slug, or project key on Bitbucket Data Center. */
  readonly every: string;
  /** For a second set of the same workspace or project. */
  readonly key: string | undefined;
  /** Bitbucket Cloud only. */
  readonly project: string | undefined;
  readonly query: string | undefined;
  readonly role: string | undefined;
  /** Patterns of slugs: `*` and `?`. Empty: all. */
  readonly match: readonly string[];
  readonly except: readonly string[];
  /** Former keys of this set; for a set without a key, `<workspace or project>`. */
  readonly previously: readonly string[];
}

export type ExistingIntegration = { readonly id: string } | { readonly name: string } | { readonly default: true };

interface SharedIntegration {
  readonly key: string;
  readonly place: Place;
  /** Defined for an integration that is managed elsewhere: only `backing`, `repositories` and `previously` are then used. */
  readonly existing: ExistingIntegration | undefined;
  /** Which providers manage the integration and its webhooks. */
  readonly backing: Backing;
  readonly name: string;
  readonly space: SpaceReference;
  readonly default: boolean;
  readonly labels: readonly string[];
  readonly description: string | undefined;
  readonly vcsChecks: string;
  readonly useGitCheckout: boolean | undefined;
  readonly secretRotation: string | undefined;
  readonly detachProtection: boolean;
  readonly replacementOrder: "create-first" | "destroy-first" | undefined;
  readonly repositories: readonly RepositoryEntry[];
  readonly sets: readonly RepositorySetEntry[];
  /** Former keys. */
  readonly previously: readonly string[];
}

export interface CloudIntegrationEntry extends SharedIntegration {
  readonly product: "cloud";
  /** Undefined for an existing integration. */
  readonly credential:
    | { readonly email: string; readonly token: SecretSource }
    | { readonly username: string; readonly appPassword: SecretSource }
    | undefined;
}

export interface DatacenterIntegrationEntry extends SharedIntegration {
  readonly product: "datacenter";
  /** Key of the server; undefined for the server of the environment. */
  readonly server: string | undefined;
  /** A URL or `private://<pool>`. Empty only for an existing integration. */
  readonly apiHost: string;
  readonly userFacingHost: string;
  readonly credential: { readonly username: string; readonly token: SecretSource } | undefined;
}

export type IntegrationEntry = CloudIntegrationEntry | DatacenterIntegrationEntry;

/** The backend that stores the state: its Terraform name and arguments, with `{part}` replaced by the name of the part. */
export interface Backend {
  readonly type: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** One stack with a state of its own. Its name is the stack's name in CDKTF. */
export interface Part {
  readonly name: string;
  readonly backend: Backend | undefined;
  /** Keys of the Spaces that this part manages. */
  readonly spaces: readonly string[];
  /** Keys of the integrations that this part manages or extends. */
  readonly integrations: readonly string[];
  /** Names of the parts that must be applied before. */
  readonly after: readonly string[];
}

export interface Acceptance {
  readonly place: Place;
  /** `<code>:<key>`. */
  readonly finding: string;
  readonly note: string;
  /** A date, `YYYY-MM-DD`. */
  readonly until: string | undefined;
}

export interface Configuration {
  /** The path of `bitlift.yaml`, absolute. */
  readonly path: string;
  /** Names of all files, in the order in which they were read: `bitlift.yaml`, then the included ones by name. */
  readonly files: readonly string[];
  /** Which providers manage the Spaces. */
  readonly backing: Backing;
  /** The login that manages webhooks on Bitbucket Cloud; undefined for the one of the environment. */
  readonly bitbucketCloud: { readonly token: SecretSource } | { readonly email: string; readonly token: SecretSource } | undefined;
  readonly servers: ReadonlyMap<string, ServerEntry>;
  /** Every Space, parents before their children. */
  readonly spaces: ReadonlyMap<string, SpaceEntry>;
  readonly integrations: ReadonlyMap<string, IntegrationEntry>;
  /** In an order in which they can be applied. One part named `main` if the file does not split. */
  readonly parts: readonly Part[];
  /** The largest share of objects of one type that may be deleted without being made again: 0.25 for 25%. */
  readonly mostRemovals: number;
  readonly accept: readonly Acceptance[];
}
