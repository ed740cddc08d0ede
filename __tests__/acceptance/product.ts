/** One Bitbucket product as the scenarios see it: all that differs between Cloud and Data Center for somebody who drives both from outside. */
import type { BitbucketProduct, BitbucketVcsProvider } from "../../packages/domain";

/** Holds the token that Spacelift is given. */
export const TOKEN_VARIABLE = "PAYMENTS_BITBUCKET_TOKEN";
export const TOKEN = "atlassian-token-of-the-service-user";

export type BitbucketService = "bitbucket-cloud" | "bitbucket-datacenter";
type Variables = Readonly<Record<string, string | undefined>>;
type Fields = Readonly<Record<string, unknown>>;

/** A webhook as both products have it. */
export interface Hook {
  /** A UUID in braces, or a number. */
  readonly id: string | number;
  readonly url: string;
  readonly title: string;
  readonly active: boolean;
  readonly events: readonly string[];
  /** Whether the certificate of the address is verified. */
  readonly verified: boolean;
  readonly secret: boolean;
}

/** What somebody changes in Bitbucket's settings page; a secret that is null is taken away. */
export type HookChanges = Partial<Omit<Hook, "id" | "secret">> & { readonly secret?: string | null };

export interface Product {
  readonly name: BitbucketProduct;
  readonly title: string;
  /** Of the sandbox. */
  readonly service: BitbucketService;
  /** Spacelift's word. */
  readonly provider: BitbucketVcsProvider;
  /** Types of the resources. */
  readonly integration: string;
  readonly webhook: string;
  /** Addresses in the usual configuration. */
  readonly INTEGRATION: string;
  readonly WEBHOOK: string;
  readonly NETWORKING: string;

  /** Workspace or project of the seed, and the argument that holds it. */
  readonly namespace: string;
  readonly namespaceArgument: string;
  /** Attribute with the webhook's own id. */
  readonly hookId: string;
  readonly importIdForm: string;
  /** Whether Bitbucket tells the secret of a webhook, and not only that there is one. */
  readonly tellsSecret: boolean;
  importId(repository: string, hook: unknown): string;
  /** The argument about certificates, and its value for those that are not verified. */
  readonly certificate: { readonly argument: string; readonly unverified: boolean };
  readonly events: {
    readonly required: readonly string[];
    readonly push: string;
    /** On Bitbucket's list, and not required. */
    readonly other: string;
    readonly another: string;
  };

  /** Who Spacelift is in Bitbucket, without the token: arguments of the integration, and the same in Spacelift's words. */
  readonly login: Fields;
  readonly remoteLogin: Readonly<Record<string, string>>;
  readonly token: { readonly variable: string; readonly writeOnly: string; readonly version: string; readonly remote: string };
  /** Of the provider, to manage webhooks. */
  readonly managing: { readonly variable: string };

  /** Names in Spacelift's GraphQL schema. */
  readonly query: string;
  readonly webhookUrl: string;
  readonly mutations: { readonly create: string; readonly update: string; readonly remove: string; readonly regenerate: string };
  /** The documents of the two mutations that differ in more than their name, and their variables. */
  readonly createDocument: string;
  readonly updateDocument: string;
  variables(login: Fields): Fields;

  /** Names of operations in the sandbox's log and faults. */
  readonly operations: {
    /** What reading webhooks asks first, and what it asks of a server that does not have that. */
    readonly list: string;
    readonly plainList: string;
    readonly create: string;
    readonly update: string;
    readonly remove: string;
  };
  /** The REST API and the header that the seeded credential makes. */
  rest(environment: Variables): { readonly url: string; readonly authorization: string };
  /** Path of a repository. */
  path(repository: string): string;
  /** Below a repository. */
  readonly hooks: string;
  /** Query for a page that holds all. */
  readonly wholePage: string;
  hookOf(raw: Fields): Hook;
  /** Body of a PUT that changes no more than what is said, or of a POST where there is no webhook yet. */
  hookBody(raw: Fields | undefined, changes: HookChanges): Fields;
}

/** What the sandbox's control path and the resources both take. */
export function repositoryOf(product: Product, repository: string): Fields {
  return { [product.namespaceArgument]: product.namespace, repository };
}

export function fullNameOf(product: Product, repository: string): string {
  return `${product.namespace}/${repository}`;
}

/** The arguments of an integration that reads Bitbucket with the usual login. */
export function credentialOf(product: Product): Fields {
  return { ...product.login, [product.token.variable]: TOKEN_VARIABLE };
}

/** The three arguments that wire a webhook to an integration. */
export function wiredTo(address: string): Fields {
  return {
    integration_id: `\${${address}.id}`,
    webhook_url: `\${${address}.webhook_url}`,
    secret_fingerprint: `\${${address}.webhook_secret_fingerprint}`,
  };
}

/** `undefined` stands for nothing, so that a table can leave out what only the other product needs. */
export function withoutUndefined(values: Fields): Fields {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
