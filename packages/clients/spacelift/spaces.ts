/** Spaces: the GraphQL documents and the functions that send them. */
import { problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import { asBoolean, asList, asObject, asText, asTexts } from "../http/json";
import { RequestCache } from "../http/request-cache";
import type { GraphQl } from "./graphql";
import { isNotFound, type Operation } from "./graphql-result";
import { requireId } from "./required-id";
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
  readonly #graphql: GraphQl;
  readonly #viewer: Viewer;
  readonly #lists = new RequestCache<readonly Space[]>();

  constructor(graphql: GraphQl, viewer: Viewer) {
    this.#graphql = graphql;
    this.#viewer = viewer;
  }

  /** All Spaces that are visible to the key. One request per process, again after a change, and with `fresh`. @throws Problem */
  list(options?: { readonly fresh?: boolean }): Promise<readonly Space[]> {
    return this.#lists.read("spaces", () => this.#requestList(), options);
  }

  /** One Space; null if it does not exist or is not visible to the key. @throws Problem */
  async get(id: string): Promise<Space | null> {
    requireId(id, "a Space");
    const operation: Operation = { name: "Space", document: GET, variables: { id }, kind: "query" };
    const result = await this.#graphql.send(operation);
    if (isNotFound(result)) return null;
    if (result.errors.length > 0) throw this.#graphql.problemOf(result, operation);
    return result.data?.["space"] === null ? null : this.#parse(result.data?.["space"], operation);
  }

  /**
   * One Space. "gone" requires all of this: Spacelift does not find it, the list does not contain it,
   * and the key can read the parent Space with everything in it.
   * @param parentSpaceId the last known one; without it the last condition cannot be checked and is skipped
   * @throws Problem `space-not-found` if the Space may exist without being visible
   */
  async find(id: string, parentSpaceId?: string | null): Promise<FoundSpace> {
    requireId(id, "a Space");
    const cached = (await this.list()).find((space) => space.id === id);
    if (cached !== undefined) return { state: "found", space: cached };
    const space = await this.get(id);
    if (space !== null) return { state: "found", space };
    const visible = await this.list({ fresh: true });
    const listed = visible.find((candidate) => candidate.id === id);
    if (listed !== undefined) return { state: "found", space: listed };
    if (!parentSpaceId) return { state: "gone" };
    const parentIsVisible = visible.some((candidate) => candidate.id === parentSpaceId);
    if (parentIsVisible && (!mayBeVisibleThroughChild(parentSpaceId, visible) || (await this.#viewer.isAdmin()))) return { state: "gone" };
    throw this.#notVisibleProblem(id, parentSpaceId, parentIsVisible);
  }

  /** @throws Problem with execution "unknown" if the response was lost. Spacelift would create a second Space with the same name. */
  create(input: SpaceInput): Promise<Space> {
    return this.#change(
      { name: "SpaceCreate", document: CREATE, variables: { input: toSpaceInput(input) }, kind: "mutation" },
      "spaceCreate",
    );
  }

  /** Replaces the whole Space. @throws Problem */
  async update(id: string, input: SpaceInput): Promise<Space> {
    requireId(id, "a Space");
    return this.#change(
      { name: "SpaceUpdate", document: UPDATE, variables: { space: id, input: toSpaceInput(input) }, kind: "mutation" },
      "spaceUpdate",
    );
  }

  /** Deletes a Space; one that no longer exists counts as deleted. @throws Problem `remote-request-rejected` for a Space that is not empty */
  async remove(id: string): Promise<void> {
    requireId(id, "a Space");
    const operation: Operation = { name: "SpaceDelete", document: REMOVE, variables: { space: id }, kind: "mutation" };
    try {
      const result = await this.#graphql.send(operation);
      if (result.errors.length > 0 && !isNotFound(result)) throw this.#graphql.problemOf(result, operation);
    } finally {
      this.#lists.clear();
    }
  }

  async #change(operation: Operation, field: string): Promise<Space> {
    try {
      const data = await this.#graphql.sendForData(operation);
      return this.#parse(data[field], operation);
    } finally {
      this.#lists.clear();
    }
  }

  async #requestList(): Promise<readonly Space[]> {
    const operation: Operation = { name: "Spaces", document: LIST, kind: "query" };
    const spaces = asList((await this.#graphql.sendForData(operation))["spaces"]);
    if (spaces === undefined) throw this.#graphql.unusableResponse(operation, "without a list of Spaces");
    return spaces.map((space) => this.#parse(space, operation));
  }

  #notVisibleProblem(id: string, parentSpaceId: string, parentIsVisible: boolean): Problem {
    const { keyName, host } = this.#graphql.session;
    const why = parentIsVisible
      ? `The Space "${id}" is not visible to ${keyName} at Spacelift (${host}). Its parent "${parentSpaceId}" is visible, but possibly only because another Space in it inherits. "${id}" may still exist.`
      : `Neither the Space "${id}" nor its parent "${parentSpaceId}" is visible to ${keyName} at Spacelift (${host}). "${id}" may still exist.`;
    const key = parentIsVisible ? "of an account administrator" : `that can read "${parentSpaceId}"`;
    return problem(
      "space-not-found",
      {
        why,
        fix: `Use a key ${key}. If the Space no longer exists, remove it from the state with a removed block (destroy = false) or with state rm.`,
      },
      { kind: "not-permitted" },
    );
  }

  #parse(value: unknown, operation: Operation): Space {
    const space = asObject(value);
    const id = asText(space?.["id"]);
    const name = asText(space?.["name"]);
    if (space === undefined || id === null || name === null) throw this.#graphql.unusableResponse(operation, "without the requested Space");
    return {
      id,
      name,
      description: asText(space["description"]) ?? "",
      parentSpaceId: asText(space["parentSpace"]) || null,
      inheritEntities: asBoolean(space["inheritEntities"]) ?? false,
      labels: asTexts(space["labels"]),
    };
  }
}

/** A role in a Space that inherits also gives access to its parent Space, but not to the other Spaces in that parent. */
function mayBeVisibleThroughChild(id: string, visible: readonly Space[]): boolean {
  return visible.some((space) => space.parentSpaceId === id && space.inheritEntities);
}

function toSpaceInput(input: SpaceInput): Readonly<Record<string, unknown>> {
  return {
    name: input.name,
    description: input.description,
    parentSpace: input.parentSpaceId,
    inheritEntities: input.inheritEntities,
    labels: input.labels,
  };
}
