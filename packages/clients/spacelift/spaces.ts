/** Spaces: the GraphQL documents beside the functions that send them. */
import { problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import { booleanOf, listOf, objectOf, textOf, textsOf } from "../http/json";
import { RequestCache } from "../http/request-cache";
import type { GraphQl } from "./graphql";
import { saysNotFound, type Operation } from "./graphql-answer";
import type { Viewer } from "./viewer";

export interface Space {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Null for the root Space. */
  readonly parentSpaceId: string | null;
  readonly inheritEntities: boolean;
  readonly labels: readonly string[];
}

export interface SpaceInput {
  readonly name: string;
  readonly description: string;
  readonly parentSpaceId: string;
  readonly inheritEntities: boolean;
  readonly labels: readonly string[];
}

export type FoundSpace = { readonly state: "found"; readonly space: Space } | { readonly state: "gone" };

const FIELDS = "id name description parentSpace inheritEntities labels";
const LIST = `query Spaces { spaces { ${FIELDS} } }`;
const GET = `query Space($id: ID!) { space(id: $id) { ${FIELDS} } }`;
const CREATE = `mutation SpaceCreate($input: SpaceInput!) { spaceCreate(input: $input) { ${FIELDS} } }`;
const UPDATE = `mutation SpaceUpdate($space: ID!, $input: SpaceInput!) { spaceUpdate(space: $space, input: $input) { ${FIELDS} } }`;
const REMOVE = "mutation SpaceDelete($space: ID!) { spaceDelete(space: $space) { id } }";

export class Spaces {
  readonly #lists = new RequestCache<readonly Space[]>();

  constructor(
    private readonly graphql: GraphQl,
    private readonly viewer: Viewer,
  ) {}

  /** All Spaces that the key sees; one request per process, again after a change, and with `fresh`. @throws Problem */
  list(options?: { readonly fresh?: boolean }): Promise<readonly Space[]> {
    return this.#lists.read("spaces", () => this.#list(), options);
  }

  /** One Space; null when Spacelift says that there is none, or hides it. @throws Problem */
  async get(id: string): Promise<Space | null> {
    required(id, "a Space");
    const operation: Operation = { name: "Space", document: GET, variables: { id }, kind: "query" };
    const result = await this.graphql.ask(operation);
    if (saysNotFound(result)) return null;
    if (result.errors.length > 0) throw this.graphql.explain(result, operation);
    return result.data?.["space"] === null ? null : this.#space(result.data?.["space"], operation);
  }

  /**
   * One Space, and "gone" only where nothing speaks against it: Spacelift says so, the list does not name it,
   * and the key can read the Space above it with all that is in it.
   * @param parentSpaceId as it was last known; without it that part of the rule cannot be judged and is left out
   * @throws Problem `space-not-found` when the Space may only be hidden.
   */
  async find(id: string, parentSpaceId?: string | null): Promise<FoundSpace> {
    required(id, "a Space");
    const listed = (await this.list()).find((space) => space.id === id);
    if (listed !== undefined) return { state: "found", space: listed };
    const space = await this.get(id);
    if (space !== null) return { state: "found", space };
    const visible = await this.list({ fresh: true });
    const again = visible.find((candidate) => candidate.id === id);
    if (again !== undefined) return { state: "found", space: again };
    if (!parentSpaceId) return { state: "gone" };
    const parentIsVisible = visible.some((candidate) => candidate.id === parentSpaceId);
    if (parentIsVisible && (!mayBeSeenFromBelow(parentSpaceId, visible) || (await this.viewer.isAdmin()))) return { state: "gone" };
    throw this.#mayBeHidden(id, parentSpaceId, parentIsVisible);
  }

  /** @throws Problem with execution "unknown" when the answer was lost: Spacelift would make a second Space of the same name. */
  create(input: SpaceInput): Promise<Space> {
    return this.#change({ name: "SpaceCreate", document: CREATE, variables: { input: wire(input) }, kind: "mutation" }, "spaceCreate");
  }

  /** Replaces the whole Space. @throws Problem */
  async update(id: string, input: SpaceInput): Promise<Space> {
    required(id, "a Space");
    return this.#change(
      { name: "SpaceUpdate", document: UPDATE, variables: { space: id, input: wire(input) }, kind: "mutation" },
      "spaceUpdate",
    );
  }

  /** Deletes; a Space that is not there any more counts as done. @throws Problem `remote-request-rejected` for a Space that is not empty. */
  async remove(id: string): Promise<void> {
    required(id, "a Space");
    const operation: Operation = { name: "SpaceDelete", document: REMOVE, variables: { space: id }, kind: "mutation" };
    try {
      const result = await this.graphql.ask(operation);
      if (result.errors.length > 0 && !saysNotFound(result)) throw this.graphql.explain(result, operation);
    } finally {
      this.#lists.clear();
    }
  }

  async #change(operation: Operation, field: string): Promise<Space> {
    try {
      const data = await this.graphql.data(operation);
      return this.#space(data[field], operation);
    } finally {
      this.#lists.clear();
    }
  }

  async #list(): Promise<readonly Space[]> {
    const operation: Operation = { name: "Spaces", document: LIST, kind: "query" };
    const spaces = listOf((await this.graphql.data(operation))["spaces"]);
    if (spaces === undefined) throw this.graphql.unusable(operation, "without a list of Spaces");
    return spaces.map((space) => this.#space(space, operation));
  }

  #mayBeHidden(id: string, parentSpaceId: string, parentIsVisible: boolean): Problem {
    const { keyName, host } = this.graphql.session;
    const seen = parentIsVisible
      ? `Spacelift (${host}) does not show ${keyName} the Space "${id}". The key sees "${parentSpaceId}" above it, but that may be only because a Space next to it inherits, so "${id}" may exist and be hidden.`
      : `Spacelift (${host}) shows ${keyName} neither the Space "${id}" nor the Space "${parentSpaceId}" above it, so it may exist and be hidden.`;
    const key = parentIsVisible ? `of an administrator of the account` : `that can read "${parentSpaceId}"`;
    return problem(
      "space-not-found",
      { why: seen, fix: `Use a key ${key}. If the Space is really gone, remove it from the state.` },
      { kind: "not-permitted" },
    );
  }

  #space(value: unknown, operation: Operation): Space {
    const space = objectOf(value);
    const id = textOf(space?.["id"]);
    const name = textOf(space?.["name"]);
    if (space === undefined || id === null || name === null) throw this.graphql.unusable(operation, "without the Space that was asked for");
    return {
      id,
      name,
      description: textOf(space["description"]) ?? "",
      parentSpaceId: textOf(space["parentSpace"]) || null,
      inheritEntities: booleanOf(space["inheritEntities"]) ?? false,
      labels: textsOf(space["labels"]),
    };
  }
}

/** Who has any role in a Space that inherits reads the Space above it too, and not the others in there. */
function mayBeSeenFromBelow(id: string, visible: readonly Space[]): boolean {
  return visible.some((space) => space.parentSpaceId === id && space.inheritEntities);
}

/** Spacelift reads an empty id as another object, or as none: it is never sent. */
export function required(id: string, what: string): void {
  if (id !== "") return;
  throw problem("value-missing", {
    why: `The id of ${what} is empty. Spacelift would take that for another one.`,
    fix: "Give the id as Spacelift shows it.",
  });
}

function wire(input: SpaceInput): Readonly<Record<string, unknown>> {
  return {
    name: input.name,
    description: input.description,
    parentSpace: input.parentSpaceId,
    inheritEntities: input.inheritEntities,
    labels: input.labels,
  };
}
