/** The app's configuration: its form. configuration-mistakes.ts says what is wrong with one. */
import { validationError } from "../lib";
import type { BackendConfiguration } from "./backend";
import { mistakesIn } from "./configuration-mistakes";

/** Names a Space: the key of one under `spaces`, `root`, or one that exists by id. */
export type SpaceReference = string | { readonly id: string };

/** One Space. */
export interface SpaceConfiguration {
  readonly name: string;
  readonly parent?: SpaceReference;
  readonly inheritEntities?: boolean;
  readonly description?: string;
  readonly labels?: readonly string[];
}

/** One Bitbucket Data Center server, and the login that manages webhooks on it. */
export interface ServerConfiguration {
  readonly url: string;
  readonly accessTokenEnv?: string;
  readonly username?: string;
  readonly passwordEnv?: string;
  readonly caCertificateFile?: string;
}

/** Options of webhooks. */
interface WebhookConfiguration {
  readonly title?: string;
  readonly additionalEvents?: readonly string[];
  readonly active?: boolean;
  readonly skipCertificateVerification?: boolean;
  readonly verifyCertificate?: boolean;
  readonly adoptExisting?: boolean;
}

/** One repository that feeds an integration. */
export interface RepositoryConfiguration extends WebhookConfiguration {
  readonly repository: string;
}

/** Each repository of a workspace (Cloud, there also of one project in it) or of a project (Data Center). */
export interface RepositoriesConfiguration extends WebhookConfiguration {
  readonly workspace?: string;
  readonly project?: string;
  /** Of a second set of the same workspace or project. */
  readonly key?: string;
  readonly query?: string;
  readonly role?: string;
  readonly except?: readonly string[];
}

/** What integrations of both products have. */
interface CommonConfiguration {
  readonly name: string;
  readonly space?: SpaceReference;
  readonly isDefault?: boolean;
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly vcsChecks?: "INDIVIDUAL" | "AGGREGATED" | "ALL";
  readonly useGitCheckout?: boolean;
  readonly webhookSecretRotation?: string;
  readonly detachProtection?: boolean;
  readonly replacementOrder?: "create-first" | "destroy-first";
  readonly repositories?: readonly (string | RepositoryConfiguration | RepositoriesConfiguration)[];
}

/** One Bitbucket Cloud integration. */
export interface CloudIntegrationConfiguration extends CommonConfiguration {
  readonly product?: "cloud";
  readonly email?: string;
  readonly apiTokenEnv?: string;
  readonly username?: string;
  readonly appPasswordEnv?: string;
}

/** One Bitbucket Data Center integration. */
export interface DatacenterIntegrationConfiguration extends CommonConfiguration {
  readonly product: "datacenter";
  readonly server?: string;
  readonly apiHost?: string;
  readonly userFacingHost?: string;
  readonly username: string;
  readonly accessTokenEnv: string;
}

/** One integration. */
export type IntegrationConfiguration = CloudIntegrationConfiguration | DatacenterIntegrationConfiguration;

/** What `context.bitlift` in cdktf.json holds. Keys are the user's own; Terraform addresses are made from them. */
export interface Configuration {
  readonly backend?: BackendConfiguration;
  readonly spaces?: Readonly<Record<string, SpaceConfiguration>>;
  readonly bitbucketDatacenter?: Readonly<Record<string, ServerConfiguration>>;
  readonly integrations?: Readonly<Record<string, IntegrationConfiguration>>;
}

/**
 * Judges a configuration as it was read.
 * @throws Problem `configuration-invalid` that lists all mistakes, each with its place.
 */
export function readConfiguration(value: unknown): Configuration {
  if (value === undefined) {
    throw validationError("configuration-invalid", {
      why: "There is no context.bitlift. cdktf hands the context of cdktf.json over; a program that is started without cdktf does not get it.",
      fix: "Write context.bitlift in cdktf.json, and run cdktf synth or cdktf deploy.",
    });
  }
  const mistakes = mistakesIn(value);
  // Without mistakes it has the form that the schema describes, and the types above are that form.
  if (mistakes.length === 0) return value as Configuration;
  throw validationError("configuration-invalid", {
    why: `context.bitlift in cdktf.json has ${mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`}:\n${mistakes.map((mistake) => `- ${mistake}`).join("\n")}`,
    fix: "Correct cdktf.json. stacks/configuration.schema.json describes every setting.",
  });
}
