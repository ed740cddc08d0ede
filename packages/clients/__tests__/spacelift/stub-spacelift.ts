/** A Spacelift for one test: a real GraphQL schema in a layout that the test selects, with resolvers that the test can replace. */
import { buildSchema, graphql, GraphQLError } from "graphql";
import { Spacelift } from "../../spacelift/client";
import type { RemoteSettings } from "../../http/settings";
import { settings, startServer, type ReceivedRequest, type StubServer, type StubResponse } from "../http/stub-server";

export type Resolver = (args: Record<string, unknown>) => unknown;

export interface SpaceliftOptions {
  readonly v2?: "nested" | "flat" | "absent" | "targetless";
  /** Appended to the names of input types. The client must not depend on these names. */
  readonly typeSuffix?: string;
  /** Fields that this server lacks. */
  readonly without?: readonly string[];
  readonly introspection?: "open" | "rejected";
  readonly resolvers?: Readonly<Record<string, Resolver>>;
  /** Called first. Undefined continues normally. */
  readonly intercept?: (operation: string, request: ReceivedRequest, count: number) => StubResponse | undefined;
  /** Lifetime of a token in seconds. */
  readonly tokenLife?: number;
}

export interface SpaceliftServer extends StubServer {
  readonly credentials: { readonly endpoint: string; readonly apiKeyId: string; readonly apiKeySecret: string };
  /** Names of the operations in the order of their requests. */
  operations(): readonly string[];
  /** Variables of the last operation with this name. */
  variables(operation: string): Record<string, unknown> | undefined;
  client(changes?: Partial<RemoteSettings>): Spacelift;
  /** Rejects all tokens issued so far. */
  revokeTokens(): void;
  replaceResolvers(resolvers: Readonly<Record<string, Resolver>>): void;
}

export const unauthorized = (): never => {
  throw new GraphQLError("unauthorized");
};
export const notFound = (): never => {
  throw new GraphQLError("not found");
};

export function jwt(claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part(claims)}.c2lnbmF0dXJl`;
}

function schemaText(options: SpaceliftOptions): string {
  const suffix = options.typeSuffix ?? "";
  const settingsOf = (space: string): string =>
    `${space}: ID labels: [String!] description: String vcsChecks: VCSCheck${options.without?.includes("useGitCheckout") ? "" : " useGitCheckout: Boolean"}`;
  const layouts = {
    nested: [`customInput: CustomVCSInput${suffix}`, `customInput: CustomVCSUpdateInput${suffix}`],
    flat: [`name: String! isDefault: Boolean ${settingsOf("spaceId")}`, `id: ID ${settingsOf("space")}`],
    targetless: [`customInput: CustomVCSInput${suffix}`, settingsOf("space")],
    absent: ["", ""],
  } as const;
  const [create, update] = layouts[options.v2 ?? "nested"];
  const hasV2 = options.v2 !== "absent";
  const integrationFields = [
    "labels: [String!]",
    "description: String",
    "vcsChecks: VCSCheck",
    "useGitCheckout: Boolean",
    "username: String",
    "email: String",
    "webhookUrl: String",
    "webhookSecret: String",
  ];
  const availableFields = integrationFields.filter((field) => !(options.without ?? []).some((name) => field.startsWith(`${name}:`)));
  const hasSearch = !(options.without ?? []).includes("searchStacks");
  return `
    enum VCSCheck { INDIVIDUAL AGGREGATED ALL }
    input CustomVCSInput${suffix} { name: String! isDefault: Boolean ${settingsOf("spaceID")} }
    input CustomVCSUpdateInput${suffix} { id: ID ${settingsOf("space")} }
    ${!hasV2 ? "" : `input BitbucketCloudIntegrationInput${suffix} { email: String! apiToken: String! ${create} } input BitbucketCloudIntegrationUpdateInput${suffix} { email: String! apiToken: String ${update} }`}
    input SpaceInput { name: String! description: String! parentSpace: ID! inheritEntities: Boolean! labels: [String!] }
    input SearchInput { first: Int after: String }
    type User { id: ID! jwt: String validUntil: Int ${options.without?.includes("admin") ? "" : "admin: Boolean"} }
    type Space { id: ID! name: String! description: String parentSpace: ID inheritEntities: Boolean labels: [String!] }
    type SpaceRef { id: ID! }
    type Integration { id: ID name: String isDefault: Boolean space: SpaceRef ${availableFields.join(" ")} }
    type VcsIntegration { id: ID! name: String! provider: String! isDefault: Boolean! space: SpaceRef }
    type IntegrationRef { id: ID! }
    type Stack { id: ID! name: String! space: ID provider: String namespace: String repository: String branch: String vcsIntegration: IntegrationRef vcsDetached: Boolean }
    type Module { id: ID! name: String! space: ID provider: String namespace: String repository: String branch: String vcsIntegration: IntegrationRef }
    type PageInfo { endCursor: String hasNextPage: Boolean! }
    type StackEdge { node: Stack! } type StackPage { edges: [StackEdge!]! pageInfo: PageInfo! }
    type ModuleEdge { node: Module! } type ModulePage { edges: [ModuleEdge!]! pageInfo: PageInfo! }
    type Query {
      viewer: User
      spaces: [Space!]
      space(id: ID!): Space
      vcsIntegrations: [VcsIntegration!]
      bitbucketCloudIntegration(id: ID): Integration
      stacks: [Stack!] modules: [Module!]
      ${hasSearch ? "searchStacks(input: SearchInput!): StackPage searchModules(input: SearchInput!): ModulePage" : ""}
    }
    type Mutation {
      apiKeyUser(id: ID!, secret: String!): User
      spaceCreate(input: SpaceInput!): Space
      spaceUpdate(space: ID!, input: SpaceInput!): Space
      spaceDelete(space: ID!): Space
      bitbucketCloudIntegrationCreate(username: String!, appPassword: String!, customInput: CustomVCSInput${suffix}): Integration
      bitbucketCloudIntegrationUpdate(username: String!, appPassword: String, customInput: CustomVCSUpdateInput${suffix}): Integration
      ${!hasV2 ? "" : `bitbucketCloudIntegrationCreateV2(input: BitbucketCloudIntegrationInput${suffix}!): Integration bitbucketCloudIntegrationUpdateV2(input: BitbucketCloudIntegrationUpdateInput${suffix}!): Integration`}
      bitbucketCloudIntegrationDelete(id: ID): Integration
      bitbucketCloudIntegrationRegenerateWebhookSecret(id: ID): Integration
    }`;
}

const SECRET = "key-secret-5f1c";

/** Issues a token that is valid for the given number of seconds. */
function createLogin(tokens: Set<string>, lifetime: number, accountUrl: () => string): Resolver {
  return ({ secret }) => {
    if (secret !== SECRET) return null;
    const validUntil = Math.floor(Date.now() / 1_000) + lifetime;
    const token = jwt({ aud: [accountUrl()], exp: validUntil, iss: "api-key", n: tokens.size });
    tokens.add(token);
    return { id: "key", jwt: token, validUntil };
  };
}

/** The response to a token that is not valid. */
function unauthenticatedResponse(operation: string, document: string): StubResponse {
  if (operation === "Viewer") return { json: { data: { viewer: null } } };
  const path = [...document.matchAll(/^\s*\w+[^{]*\{\s*(\w+)/g)].map((match) => match[1] ?? "");
  return { json: { data: null, errors: [{ message: "unauthorized", path }] } };
}

export async function startSpacelift(options: SpaceliftOptions = {}): Promise<SpaceliftServer> {
  const schema = buildSchema(schemaText(options));
  const operations: { name: string; variables: Record<string, unknown> }[] = [];
  const validTokens = new Set<string>();
  let url = "";
  let resolvers: Record<string, Resolver> = {
    viewer: () => ({ id: "key", admin: false }),
    spaces: () => [{ id: "root", name: "root", parentSpace: null }],
    vcsIntegrations: () => [],
    apiKeyUser: createLogin(validTokens, options.tokenLife ?? 3_600, () => url),
    ...options.resolvers,
  };
  const respond = async (request: ReceivedRequest, count: number): Promise<StubResponse> => {
    const query = String(request.body["query"]);
    const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? "";
    const variables = (request.body["variables"] ?? {}) as Record<string, unknown>;
    operations.push({ name, variables });
    const intercepted = options.intercept?.(name, request, count);
    if (intercepted !== undefined) return intercepted;
    if (request.path !== "/graphql") return { status: 404, text: "404 page not found" };
    const token = String(request.headers["authorization"]).replace("Bearer ", "");
    if (name !== "Login" && !validTokens.has(token)) return unauthenticatedResponse(name, query);
    if (name === "Schema" && options.introspection === "rejected") {
      return { json: { data: null, errors: [{ message: "introspection is disabled" }] } };
    }
    return { json: await graphql({ schema, source: query, variableValues: variables, rootValue: resolvers }) };
  };
  const server = await startServer(respond);
  url = server.url;
  const credentials = { endpoint: server.url, apiKeyId: "01HKEY", apiKeySecret: SECRET };
  return {
    ...server,
    credentials,
    operations: () => operations.map((operation) => operation.name),
    variables: (name) => operations.findLast((operation) => operation.name === name)?.variables,
    client: (changes) => new Spacelift(credentials, settings(changes)),
    revokeTokens: () => validTokens.clear(),
    replaceResolvers: (replacements) => {
      resolvers = { ...resolvers, ...replacements };
    },
  };
}
