/** Which stacks and modules use an integration, a repository, or a Space. All visible ones are read once per process and filtered here. */
import { ROOT_SPACE_ID } from "../../domain";
import { asBoolean, asList, asObject, asText } from "../http/json";
import { RequestCache } from "../http/request-cache";
import type { GraphQl } from "./graphql";
import { isUnknownField, type Operation } from "./graphql-result";
import type { GraphQlSchemaSource } from "./graphql-schema";
import type { Spaces } from "./spaces";
import type { Viewer } from "./viewer";

/** A stack or a module. */
export interface Consumer {
  readonly kind: "stack" | "module";
  readonly id: string;
  readonly name: string;
  readonly spaceId: string | null;
  /** Workspace slug on Bitbucket Cloud. */
  readonly namespace: string | null;
  readonly repository: string;
  readonly branch: string | null;
  /** Null if it has lost its integration. */
  readonly integrationId: string | null;
  /** Spacelift's `VCSProvider`; it remains after the integration is detached. */
  readonly provider: string;
  readonly detached: boolean;
}

/** How much of the account the key can see. */
interface Completeness {
  /** True for an account administrator; false if a Space is known not to be visible to the key; null if it is not known. */
  readonly complete: boolean | null;
  /** Ids of Spaces that exist but are not visible to the key. */
  readonly hiddenSpaces: readonly string[];
}

export interface IntegrationUsage extends Completeness {
  readonly stacks: readonly Consumer[];
  readonly modules: readonly Consumer[];
}

export interface AccountUsage extends Completeness {
  readonly consumers: readonly Consumer[];
}

/** The names of one kind of consumer in Spacelift's GraphQL schema. */
interface ConsumerQueries {
  readonly kind: Consumer["kind"];
  readonly type: string;
  readonly search: string;
  readonly list: string;
}

const QUERIES: readonly ConsumerQueries[] = [
  { kind: "stack", type: "Stack", search: "searchStacks", list: "stacks" },
  { kind: "module", type: "Module", search: "searchModules", list: "modules" },
];

const PAGE_SIZE = 50;
const FIELDS = "id name space provider namespace repository branch vcsIntegration { id }";

export class Usage {
  readonly #graphql: GraphQl;
  readonly #schema: GraphQlSchemaSource;
  readonly #spaces: Spaces;
  readonly #viewer: Viewer;
  readonly #consumers = new RequestCache<readonly Consumer[]>();

  constructor(graphql: GraphQl, schema: GraphQlSchemaSource, spaces: Spaces, viewer: Viewer) {
    this.#graphql = graphql;
    this.#schema = schema;
    this.#spaces = spaces;
    this.#viewer = viewer;
  }

  /**
   * Stacks and modules that use an integration.
   * @param integration provider (`VCSProvider`) and id, which is unique only within its provider
   * @throws Problem
   */
  async ofIntegration(
    integration: { readonly provider: string; readonly id: string },
    options?: { readonly fresh?: boolean },
  ): Promise<IntegrationUsage> {
    const { consumers, ...completeness } = await this.ofAllIntegrations(options);
    const matching = consumers.filter(
      ({ provider, integrationId }) => provider === integration.provider && integrationId === integration.id,
    );
    return {
      stacks: matching.filter(({ kind }) => kind === "stack"),
      modules: matching.filter(({ kind }) => kind === "module"),
      ...completeness,
    };
  }

  /** Stacks and modules that use an integration of any VCS provider. @throws Problem */
  async ofAllIntegrations(options?: { readonly fresh?: boolean }): Promise<AccountUsage> {
    const [consumers, isAdmin, spaces] = await Promise.all([this.#readAll(options), this.#viewer.isAdmin(), this.#spaces.list(options)]);
    const visible = new Set(spaces.map(({ id }) => id));
    const ancestors = [ROOT_SPACE_ID, ...spaces.map(({ parentSpaceId }) => parentSpaceId)];
    const hiddenSpaces = isAdmin ? [] : [...new Set(ancestors.filter((id): id is string => id !== null && !visible.has(id)))].sort();
    return {
      consumers: consumers.filter(({ integrationId }) => integrationId !== null),
      complete: isAdmin ? true : hiddenSpaces.length > 0 ? false : null,
      hiddenSpaces,
    };
  }

  /** Stacks and modules whose source is a repository. Names are compared without regard to case. @throws Problem */
  async ofRepository(provider: string, namespace: string, repository: string): Promise<readonly Consumer[]> {
    const fullName = `${namespace}/${repository}`.toLowerCase();
    return (await this.#readAll()).filter(
      (consumer) => consumer.provider === provider && `${consumer.namespace ?? ""}/${consumer.repository}`.toLowerCase() === fullName,
    );
  }

  /** Stacks and modules in a Space. @throws Problem */
  async ofSpace(spaceId: string): Promise<readonly Consumer[]> {
    return (await this.#readAll()).filter((consumer) => consumer.spaceId === spaceId);
  }

  #readAll(options?: { readonly fresh?: boolean }): Promise<readonly Consumer[]> {
    const send = async () => (await Promise.all(QUERIES.map((queries) => this.#requestAll(queries)))).flat();
    return this.#consumers.read("consumers", send, options);
  }

  async #requestAll(queries: ConsumerQueries): Promise<readonly Consumer[]> {
    const schema = await this.#schema.read();
    // Stacks are known to have this field; modules may have it too.
    const detached = schema?.fieldsOf(queries.type)?.has("vcsDetached") === true ? " vcsDetached" : "";
    const fields = `${FIELDS}${detached}`;
    if (schema !== null && schema.resultFieldsOf(queries.search) === undefined) return this.#requestList(queries, fields);
    return (await this.#requestPages(queries, fields)) ?? this.#requestList(queries, FIELDS);
  }

  /** All pages of the search; undefined if the server does not have it. */
  async #requestPages({ kind, type, search }: ConsumerQueries, fields: string): Promise<readonly Consumer[] | undefined> {
    const name = `Search${type}s`;
    const document = `query ${name}($input: SearchInput!) { ${search}(input: $input) { edges { node { ${fields} } } pageInfo { endCursor hasNextPage } } }`;
    const consumers: Consumer[] = [];
    const cursors = new Set<string>();
    for (let after: string | undefined; ;) {
      const operation: Operation = { name, document, variables: { input: { first: PAGE_SIZE, after } }, kind: "query" };
      const result = await this.#graphql.send(operation);
      if (result.errors.some(isUnknownField) && consumers.length === 0) return undefined;
      if (result.errors.length > 0) throw this.#graphql.problemOf(result, operation);
      const page = asObject(result.data?.[search]);
      const edges = asList(page?.["edges"]);
      if (edges === undefined) throw this.#graphql.unusableResponse(operation, `without a page of ${kind}s`);
      consumers.push(...edges.map((edge) => this.#parse(kind, asObject(edge)?.["node"], operation)));
      const { hasNextPage, endCursor } = asObject(page?.["pageInfo"]) ?? {};
      if (hasNextPage !== true) return consumers;
      const next = asText(endCursor);
      if (next === null || cursors.has(next)) throw this.#graphql.unusableResponse(operation, "with pages that never end");
      cursors.add(next);
      after = next;
    }
  }

  /** Servers without a search return the whole list in one response. */
  async #requestList({ kind, type, list }: ConsumerQueries, fields: string): Promise<readonly Consumer[]> {
    const name = `${type}s`;
    const operation: Operation = { name, document: `query ${name} { ${list} { ${fields} } }`, kind: "query" };
    const nodes = asList((await this.#graphql.sendForData(operation))[list]);
    if (nodes === undefined) throw this.#graphql.unusableResponse(operation, `without a list of ${kind}s`);
    return nodes.map((node) => this.#parse(kind, node, operation));
  }

  #parse(kind: Consumer["kind"], value: unknown, operation: Operation): Consumer {
    const node = asObject(value);
    const id = asText(node?.["id"]);
    if (node === undefined || id === null) throw this.#graphql.unusableResponse(operation, `with a ${kind} that has no ID`);
    const integrationId = asText(asObject(node["vcsIntegration"])?.["id"]);
    return {
      kind,
      id,
      name: asText(node["name"]) ?? id,
      spaceId: asText(node["space"]),
      namespace: asText(node["namespace"]),
      repository: asText(node["repository"]) ?? "",
      branch: asText(node["branch"]),
      integrationId,
      provider: asText(node["provider"]) ?? "",
      detached: asBoolean(node["vcsDetached"]) ?? integrationId === null,
    };
  }
}
