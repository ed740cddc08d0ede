/** The differences between the two Bitbucket products, for a program that drives Bitlift from outside. */
import type { BitbucketProduct, BitbucketVcsProvider } from "../../packages/domain";

export type BitbucketService = "bitbucket-cloud" | "bitbucket-datacenter";
export type Variables = Readonly<Record<string, string | undefined>>;
export type Fields = Readonly<Record<string, unknown>>;

/** A webhook, with field names that both products share. */
export interface Webhook {
  /** A UUID in braces, or the digits of a number. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly active: boolean;
  readonly events: readonly string[];
  /** Whether Bitbucket verifies the certificate of the URL. */
  readonly verified: boolean;
  /** Whether it has a secret. */
  readonly secret: boolean;
}

/** Changes to a webhook, as a person makes them in Bitbucket; a null secret removes it. */
export type WebhookChanges = Partial<Omit<Webhook, "id" | "secret">> & { readonly secret?: string | null };

export interface Product {
  readonly name: BitbucketProduct;
  readonly title: string;
  /** The emulated service in the sandbox. */
  readonly service: BitbucketService;
  /** Spacelift's name for the product. */
  readonly provider: BitbucketVcsProvider;

  /** Resource types. */
  readonly integration: string;
  readonly webhook: string;
  /** Addresses in the default configuration of the acceptance tests. */
  readonly INTEGRATION: string;
  readonly WEBHOOK: string;
  readonly NETWORKING: string;

  /** Workspace or project of the seed, and the argument that names it. */
  readonly namespace: string;
  readonly namespaceArgument: "workspace" | "project";
  /** Attribute that contains the id of a webhook. */
  readonly webhookIdAttribute: string;
  /** Bitbucket's field that contains the id of a repository or a webhook. */
  readonly idField: "uuid" | "id";
  readonly importIdForm: string;
  importId(repository: string, webhookId: unknown): string;
  /** Whether Bitbucket returns the secret of a webhook, and not only whether one exists. */
  readonly returnsSecret: boolean;
  /** The argument that sets certificate verification, and the value that turns verification off. */
  readonly certificate: { readonly argument: string; readonly unverified: boolean };
  readonly events: {
    readonly required: readonly string[];
    readonly push: string;
    /** Two events in Bitbucket's list that Spacelift does not require. */
    readonly other: string;
    readonly another: string;
  };

  /** Spacelift's login at Bitbucket without the token: as arguments of the integration, and as fields of Spacelift's input. */
  readonly loginArguments: Fields;
  readonly loginInput: Readonly<Record<string, string>>;
  readonly token: {
    /** Argument that names an environment variable. */
    readonly variable: string;
    readonly writeOnly: string;
    readonly version: string;
    /** Field of Spacelift's input. */
    readonly input: string;
    /** Setting in cdktf.json that names the environment variable. */
    readonly setting: string;
    /** Variable in the sandbox's environment that contains such a token. */
    readonly sandboxVariable: string;
  };
  /** Environment variable with the token that the provider uses to manage webhooks. */
  readonly providerTokenVariable: string;

  /** Names in Spacelift's GraphQL schema. */
  readonly query: string;
  readonly webhookUrlField: string;
  readonly mutations: { readonly create: string; readonly update: string; readonly remove: string; readonly regenerate: string };
  /** GraphQL documents of the two mutations that differ in more than their names, and the variables of both. */
  readonly createDocument: string;
  readonly updateDocument: string;
  mutationVariables(input: Fields): Fields;

  /** Names of operations in the sandbox's request log and faults. */
  readonly operations: {
    /** The first list request; a server that lacks it receives `plainList`. */
    readonly list: string;
    readonly plainList: string;
    readonly create: string;
    readonly update: string;
    readonly remove: string;
  };
  /** URL of the REST API, and the Authorization header with the seeded credential. */
  restApi(environment: Variables): { readonly url: string; readonly authorization: string };
  /** Path in the REST API; the default namespace is the seed's. */
  repositoryPath(repository: string, namespace?: string): string;
  /** Path below a repository. */
  readonly webhooksPath: string;
  /** Query string for the longest page. */
  readonly maximumPage: string;
  /** Reads a webhook from a response of the REST API. */
  readWebhook(response: Fields): Webhook;
  /** Makes the body of a PUT that makes only these changes, or of a POST if there is no response yet. */
  webhookBody(response: Fields | undefined, changes: WebhookChanges): Fields;
}

/** The fields that both a resource and the sandbox's control requests take. */
export function repositoryFields(product: Product, repository: string): Fields {
  return { [product.namespaceArgument]: product.namespace, repository };
}

export function repositoryName(product: Product, repository: string): string {
  return `${product.namespace}/${repository}`;
}

/** The credential arguments of an integration whose token is in an environment variable. */
export function credentialArguments(product: Product, variable: string): Fields {
  return { ...product.loginArguments, [product.token.variable]: variable };
}

/** The three arguments that connect a webhook to the integration at an address. */
export function integrationReferences(address: string): Fields {
  return {
    integration_id: `\${${address}.id}`,
    webhook_url: `\${${address}.webhook_url}`,
    secret_fingerprint: `\${${address}.webhook_secret_fingerprint}`,
  };
}

/** Removes the keys whose value is undefined. */
export function withoutUndefined(values: Fields): Fields {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
