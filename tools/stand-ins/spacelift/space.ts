/** `spacelift_space` of the published provider. */
import { published, reasonOf } from "../runtime/catalog";
import { FailedAfter, publishedResource } from "../runtime/published-resource";
import type { ResourceData } from "../runtime/resource-data";
import type { Values } from "../runtime/sdk-plan";
import { attempt } from "./attempt";
import { emptyText } from "./empty-texts";
import type { GraphqlClient } from "./graphql-client";
import { resourceSchema } from "./schemas";

/** A Space in a response. */
export interface SpaceResponse {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly inheritEntities: boolean | null;
  readonly parentSpace: string | null;
  readonly labels: readonly string[] | null;
}

export const SPACE_FIELDS = "{id,description,name,inheritEntities,parentSpace,labels}";
const CREATE = `mutation($input:SpaceInput!){spaceCreate(input: $input)${SPACE_FIELDS}}`;
export const READ_SPACE = `query($id:ID!){space(id: $id)${SPACE_FIELDS}}`;
const UPDATE = `mutation($input:SpaceInput!$space:ID!){spaceUpdate(space: $space, input: $input)${SPACE_FIELDS}}`;
const DELETE = `mutation($id:ID!){spaceDelete(space: $id)${SPACE_FIELDS}}`;

export const space = publishedResource<GraphqlClient>({
  type: "space",
  schema: resourceSchema("spacelift_space"),
  defaults: { parent_space_id: "root", inherit_entities: false },
  validate: (config) => emptyText(config, ["name"]),

  async create({ api, data }) {
    const input = { input: spaceInput(data) };
    const created = await manage(`could not create space ${data.text("name")}`, api.mutate<SpaceResponse>("CreateSpace", CREATE, input));
    const id = created?.id ?? "";
    try {
      return await readSpace(api, id);
    } catch (thrown) {
      if (id === "") throw thrown;
      throw new FailedAfter(reasonOf(thrown), { id });
    }
  },

  read: ({ api, data }) => readSpace(api, data.text("id")),

  async update({ api, data }) {
    const variables = { input: spaceInput(data), space: data.text("id") };
    await manage("could not update space", api.mutate("SpaceUpdate", UPDATE, variables));
    return readSpace(api, data.text("id"));
  },

  async delete({ api, data }) {
    await manage("could not delete space", api.mutate("DeleteSpace", DELETE, { id: data.text("id") }));
  },
});

/** For a response with "unauthorized", the provider asks whether the key has the rights. */
async function manage<T>(sentence: string, call: Promise<T>): Promise<T> {
  return attempt(
    sentence,
    call.catch((thrown: unknown) => {
      const text = reasonOf(thrown);
      throw new Error(text.includes("unauthorized") ? `${text} - is it an administrative stack in the root space?` : text);
    }),
  );
}

function spaceInput(data: ResourceData): object {
  return {
    description: data.text("description"),
    name: data.text("name"),
    inheritEntities: data.flag("inherit_entities"),
    parentSpace: data.text("parent_space_id"),
    labels: data.setOrNull("labels"),
  };
}

async function readSpace(api: GraphqlClient, id: string): Promise<Values> {
  const response = await attempt("could not query for space", api.query<SpaceResponse>("SpaceRead", READ_SPACE, { id }));
  if (response === null) throw published(`could not find space ${id}`);
  return spaceValues(response);
}

export function spaceValues({ id, name, description, inheritEntities, parentSpace, labels }: SpaceResponse): Values {
  return {
    id,
    name: name ?? "",
    description: description ?? "",
    inherit_entities: inheritEntities ?? false,
    ...(parentSpace !== null && { parent_space_id: parentSpace }),
    labels: labels ?? [],
  };
}
