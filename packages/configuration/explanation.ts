/** The facts about one key or repository, as `explain` returns them. */
import type { Backing } from "../domain";
import type { Place } from "./configuration";

export interface SpaceExplanation {
  readonly kind: "Space";
  readonly key: string;
  readonly place: Place;
  readonly name: string;
  /** From root to the Space itself. */
  readonly path: readonly string[];
  readonly managed: boolean;
  /** Keys of the integrations that stacks and modules in this Space may use. */
  readonly mayUse: readonly string[];
  /** Which providers manage it. */
  readonly backing: Backing;
  readonly part: string | undefined;
  readonly address: string | undefined;
}

export interface IntegrationExplanation {
  readonly kind: "integration";
  readonly key: string;
  readonly place: Place;
  readonly name: string;
  readonly product: string;
  readonly managed: boolean;
  readonly spacePath: readonly string[];
  /** `every Space of the account`, or the paths of the Spaces whose stacks and modules may attach it. */
  readonly mayAttach: readonly string[];
  /** What holds the credential with which Spacelift reads code. Never the credential. */
  readonly credential: readonly string[];
  readonly repositories: number;
  readonly sets: number;
  /** Which providers manage it. */
  readonly backing: Backing;
  readonly part: string | undefined;
  readonly address: string | undefined;
}

export interface WebhookExplanation {
  readonly kind: "repository" | "set";
  /** `<workspace or project>/<repository>`, or the key of the set. */
  readonly key: string;
  readonly place: Place;
  readonly integration: string;
  readonly product: string;
  /** The set, by its key, that a repository comes from; for a set undefined. */
  readonly fromSet: string | undefined;
  /** What a set selects by; nothing means every repository. */
  readonly match: readonly string[];
  readonly except: readonly string[];
  readonly project: string | undefined;
  readonly query: string | undefined;
  readonly role: string | undefined;
  readonly spacePath: readonly string[];
  readonly mayAttach: readonly string[];
  readonly requiredEvents: readonly string[];
  readonly additionalEvents: readonly string[];
  /** Additional events that Bitbucket does not list. */
  readonly unknownEvents: readonly string[];
  readonly active: boolean;
  readonly verifyCertificate: boolean;
  readonly credential: readonly string[];
  /** Which providers manage it. */
  readonly backing: Backing;
  readonly part: string | undefined;
  readonly address: string;
  /** Why a set may contain the repository or not, as only Bitbucket knows all of its repositories. */
  readonly note: string | undefined;
}

export interface ServerExplanation {
  readonly kind: "server";
  readonly key: string;
  readonly place: Place;
  readonly url: string;
  readonly credential: readonly string[];
  readonly integrations: readonly string[];
}

export type KeyExplanation = SpaceExplanation | IntegrationExplanation | WebhookExplanation | ServerExplanation;

export interface Explanation {
  readonly query: string;
  /** A key can name a Space and an integration, and a repository can belong to several integrations. */
  readonly found: readonly KeyExplanation[];
}
