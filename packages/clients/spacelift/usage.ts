/** Who uses what: every stack and module that the key sees, with its source. Read once per process, judged here. */
import { ROOT_SPACE_ID } from "../../domain";
import { booleanOf, listOf, objectOf, textOf } from "../http/json";
import { RequestCache } from "../http/request-cache";
import type { GraphQl } from "./graphql";
import { saysUnknownField, type Operation } from "./graphql-answer";
import type { SchemaSource } from "./schema";
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
  /** Null when it has lost its integration. */
  readonly integrationId: string | null;
  /** Spacelift's `VCSProvider`; it stays after a detachment. */
  readonly provider: string;
  readonly detached: boolean;
}

export interface IntegrationUsage {
  readonly stacks: readonly Consumer[];
  readonly modules: readonly Consumer[];
  /** True for an administrator of the account; false when a Space is known that the key cannot see; null when it cannot be told. */
  readonly complete: boolean | null;
  /** Ids of Spaces that exist and that the key cannot see. */
  readonly unseen: readonly string[];
}

interface Kind {
  readonly kind: "stack" | "module";
  readonly type: string;
  readonly search: string;
  readonly list: string;
}

const KINDS: readonly Kind[] = [
  { kind: "stack", type: "Stack", search: "searchStacks", list: "stacks" },
  { kind: "module", type: "Module", search: "searchModules", list: "modules" },
];

const PAGE = 50;
const FIELDS = "id name space provider namespace repository branch vcsIntegration { id }";

export class Usage {
  readonly #users = new RequestCache<readonly Consumer[]>();

  constructor(
    private readonly graphql: GraphQl,
    private readonly schema: SchemaSource,
    private readonly spaces: Spaces,
    private readonly viewer: Viewer,
  ) {}

  /**
   * Stacks and modules that use an integration.
   * @param integration provider (`VCSProvider`) and id: an id is unique within its provider only
   * @throws Problem
   */
  async of(
    integration: { readonly provider: string; readonly id: string },
    options?: { readonly fresh?: boolean },
  ): Promise<IntegrationUsage> {
    const [users, admin, spaces] = await Promise.all([this.#all(options), this.viewer.isAdmin(), this.spaces.list(options)]);
    const using = users.filter((user) => user.provider === integration.provider && user.integrationId === integration.id);
    const visible = new Set(spaces.map((space) => space.id));
    const above = [ROOT_SPACE_ID, ...spaces.map((space) => space.parentSpaceId)];
    const unseen = admin ? [] : [...new Set(above.filter((id): id is string => id !== null && !visible.has(id)))].sort();
    return {
      stacks: using.filter((user) => user.kind === "stack"),
      modules: using.filter((user) => user.kind === "module"),
      complete: admin ? true : unseen.length > 0 ? false : null,
      unseen,
    };
  }

  /** Stacks and modules whose source is a repository; upper and lower case count as the same. @throws Problem */
  async onRepository(provider: string, namespace: string, repository: string): Promise<readonly Consumer[]> {
    const wanted = `${namespace}/${repository}`.toLowerCase();
    const users = await this.#all();
    return users.filter((user) => user.provider === provider && `${user.namespace ?? ""}/${user.repository}`.toLowerCase() === wanted);
  }

  /** Stacks and modules that live in a Space. @throws Problem */
  async inSpace(spaceId: string): Promise<readonly Consumer[]> {
    return (await this.#all()).filter((user) => user.spaceId === spaceId);
  }

  #all(options?: { readonly fresh?: boolean }): Promise<readonly Consumer[]> {
    return this.#users.read("users", async () => (await Promise.all(KINDS.map((kind) => this.#every(kind)))).flat(), options);
  }

  async #every(kind: Kind): Promise<readonly Consumer[]> {
    const schema = await this.schema.read();
    // Known of stacks; a module may have it as well.
    const detached = schema?.fieldsOf(kind.type)?.has("vcsDetached") === true ? " vcsDetached" : "";
    const fields = `${FIELDS}${detached}`;
    if (schema !== null && schema.resultFieldsOf(kind.search) === undefined) return this.#listed(kind, fields);
    const name = `Search${kind.type}s`;
    const document = `query ${name}($input: SearchInput!) { ${kind.search}(input: $input) { edges { node { ${fields} } } pageInfo { endCursor hasNextPage } } }`;
    const users: Consumer[] = [];
    const cursors = new Set<string>();
    for (let after: string | undefined; ;) {
      const input = { first: PAGE, ...(after === undefined ? {} : { after }) };
      const operation: Operation = { name, document, variables: { input }, kind: "query" };
      const result = await this.graphql.ask(operation);
      if (result.errors.some(saysUnknownField) && users.length === 0) return this.#listed(kind, FIELDS);
      if (result.errors.length > 0) throw this.graphql.explain(result, operation);
      const page = objectOf(result.data?.[kind.search]);
      const edges = listOf(page?.["edges"]);
      if (edges === undefined) throw this.graphql.unusable(operation, `without a page of ${kind.kind}s`);
      users.push(...edges.map((edge) => this.#user(kind, objectOf(edge)?.["node"], operation)));
      const { hasNextPage, endCursor } = objectOf(page?.["pageInfo"]) ?? {};
      if (hasNextPage !== true) return users;
      const next = textOf(endCursor);
      if (next === null || cursors.has(next)) throw this.graphql.unusable(operation, "with pages that never end");
      cursors.add(next);
      after = next;
    }
  }

  /** Servers without a search have the whole list in one answer. */
  async #listed(kind: Kind, fields: string): Promise<readonly Consumer[]> {
    const name = `${kind.type}s`;
    const operation: Operation = { name, document: `query ${name} { ${kind.list} { ${fields} } }`, kind: "query" };
    const nodes = listOf((await this.graphql.data(operation))[kind.list]);
    if (nodes === undefined) throw this.graphql.unusable(operation, `without a list of ${kind.kind}s`);
    return nodes.map((node) => this.#user(kind, node, operation));
  }

  #user(kind: Kind, value: unknown, operation: Operation): Consumer {
    const node = objectOf(value);
    const id = textOf(node?.["id"]);
    if (node === undefined || id === null) throw this.graphql.unusable(operation, `with a ${kind.kind} that has no id`);
    const integrationId = textOf(objectOf(node["vcsIntegration"])?.["id"]);
    return {
      kind: kind.kind,
      id,
      name: textOf(node["name"]) ?? id,
      spaceId: textOf(node["space"]),
      namespace: textOf(node["namespace"]),
      repository: textOf(node["repository"]) ?? "",
      branch: textOf(node["branch"]),
      integrationId,
      provider: textOf(node["provider"]) ?? "",
      detached: booleanOf(node["vcsDetached"]) ?? integrationId === null,
    };
  }
}
