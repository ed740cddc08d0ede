/** Spaces: operations, roles, and changes that stacks and modules forbid. */
import { createPayments, createStack, type RunningSpacelift, startSpacelift } from "./start-spacelift";

let spacelift: RunningSpacelift;
beforeEach(async () => {
  spacelift = await startSpacelift();
});
afterEach(() => spacelift.stop());

const FIELDS = "id,description,name,inheritEntities,parentSpace,labels";
const CREATE = `mutation($input:SpaceInput!){spaceCreate(input: $input){${FIELDS}}}`;
const UPDATE = `mutation($input:SpaceInput!$space:ID!){spaceUpdate(space: $space, input: $input){${FIELDS}}}`;
const DELETE = `mutation($id:ID!){spaceDelete(space: $id){${FIELDS}}}`;
const INPUT = { name: "Data Platform", description: "", parentSpace: "root", inheritEntities: false, labels: null };

it("creates a Space whose id consists of a slug and a ULID, and reads it back", async () => {
  const { data } = await spacelift.request(CREATE, { input: { ...INPUT, labels: ["a"] } });
  const { id } = data.spaceCreate as { id: string };
  expect(id).toMatch(/^data-platform-[0-9A-HJKMNP-TV-Z]{26}$/);
  const space = { id, name: "Data Platform", description: "", parentSpace: "root", inheritEntities: false, labels: ["a"] };
  expect((await spacelift.request(`query($id:ID!){space(id: $id){${FIELDS}}}`, { id })).data).toEqual({ space });
});

it("allows two Spaces with the same name", async () => {
  const first = await spacelift.request(CREATE, { input: INPUT });
  const second = await spacelift.request(CREATE, { input: INPUT });
  expect(second.data.spaceCreate.id).not.toBe(first.data.spaceCreate.id);
});

it("replaces the whole Space on update, clears null labels, and keeps the id", async () => {
  await spacelift.request(UPDATE, {
    space: "child",
    input: { ...INPUT, name: "New", parentSpace: "team", labels: ["x"], description: "d" },
  });
  const { data } = await spacelift.request(UPDATE, { space: "child", input: { ...INPUT, name: "New" } });
  expect(data.spaceUpdate).toEqual({ id: "child", name: "New", description: "", parentSpace: "root", inheritEntities: false, labels: [] });
});

it.each([
  ["an unknown parent", CREATE, { input: { ...INPUT, parentSpace: "nowhere" } }, /parentSpace: space "nowhere" could not be found/],
  ["an empty name", CREATE, { input: { ...INPUT, name: " " } }, /name: must not be empty/],
  ["a cycle", UPDATE, { space: "team", input: { ...INPUT, parentSpace: "child" } }, /cannot be below itself/],
  ["a Space as its own parent", UPDATE, { space: "team", input: { ...INPUT, parentSpace: "team" } }, /cannot be below itself/],
  ["the deletion of root", DELETE, { id: "root" }, /space "root" cannot be deleted/],
  ["the deletion of a Space with children", DELETE, { id: "team" }, /space "team" is not empty: it has 2 child spaces/],
])("rejects %s", async (_, query, variables, message) => {
  const { errors, status } = await spacelift.request(query, variables);
  expect(status).toBe(200);
  expect(errors.map((error) => error.message).join()).toMatch(message);
});

it("deletes an empty Space and returns it", async () => {
  expect((await spacelift.request(DELETE, { id: "child" })).data.spaceDelete).toMatchObject({ id: "child", name: "Child" });
  expect((await spacelift.request("{spaces{id}}")).data.spaces).toEqual([{ id: "root" }, { id: "team" }, { id: "island" }]);
});

it("does not delete a Space that contains an integration, a stack or a module", async () => {
  await createPayments(spacelift, { spaceID: "island" });
  expect((await spacelift.request(DELETE, { id: "island" })).errors[0]?.message).toMatch(/it has 1 VCS integration$/);
  await createPayments(spacelift, { name: "Other" });
  await createStack(spacelift, { space: "child", vcsIntegrationId: "other" });
  expect((await spacelift.request(DELETE, { id: "child" })).errors[0]?.message).toMatch(/it has 1 stack$/);
});

it("rejects a move, or the end of inheritance, if a stack would lose access to its integration", async () => {
  await createPayments(spacelift);
  await createStack(spacelift, { space: "child" });
  const off = await spacelift.request(UPDATE, { space: "child", input: { ...INPUT, name: "Child", parentSpace: "team" } });
  expect(off.errors[0]?.message).toMatch(/has no access to VCS integration "payments"/);
  const away = await spacelift.request(UPDATE, { space: "child", input: { ...INPUT, inheritEntities: true } });
  expect(away.errors[0]?.message).toMatch(/has no access/);
  const { data } = await spacelift.request(`{space(id:"child"){${FIELDS}}}`);
  expect(data.space).toMatchObject({ name: "Child", parentSpace: "team", inheritEntities: true });
});

it.each([
  ["ROOT", ["root", "team", "child", "island"]],
  ["READER", ["root", "team", "child", "island"]],
  ["TEAM", ["team", "child", "island"]],
  // A role in an inheriting child can read its parent, but no further, because the parent does not inherit.
  ["CHILD", ["team", "child"]],
  ["NO_ROLES", []],
])("shows the key %s the Spaces that it can read", async (key, ids) => {
  expect((await spacelift.request("{spaces{id}}", {}, key)).data.spaces).toEqual(ids.map((id) => ({ id })));
});

it.each([
  ["create", CREATE, { input: INPUT }],
  ["update", UPDATE, { space: "child", input: INPUT }],
  ["delete", DELETE, { id: "child" }],
])("lets only root admins %s Spaces", async (_, query, variables) => {
  for (const key of ["READER", "TEAM"]) expect((await spacelift.request(query, variables, key)).errors[0]?.message).toBe("unauthorized");
});

it.each([
  ["a read", 'query{space(id:"gone"){id}}'],
  ["an update", 'mutation{spaceUpdate(space:"gone",input:{name:"a",description:"",parentSpace:"root",inheritEntities:false}){id}}'],
  ["a delete", 'mutation{spaceDelete(space:"gone"){id}}'],
])("responds to %s of an unknown Space with null, or with not found if switched", async (_, query) => {
  expect(Object.values((await spacelift.request(query)).data as object)).toEqual([null]);
  await spacelift.post("switches", { absent: "not-found" });
  expect((await spacelift.request(query)).errors.map((error) => error.message)).toEqual(["not found"]);
});

it("hides a Space that the key cannot read, as if it did not exist", async () => {
  expect(await spacelift.request('{space(id:"root"){id}}', {}, "TEAM")).toMatchObject({ data: { space: null }, errors: [] });
});

it("searches Spaces", async () => {
  const query = "query($input:SearchInput!){searchSpaces(input:$input){edges{node{id}}pageInfo{hasNextPage endCursor}}}";
  const input = { predicates: [{ field: "parentSpace", constraint: { stringMatches: ["team"] } }] };
  const { data } = await spacelift.request(query, { input });
  expect(data.searchSpaces.edges).toEqual([{ node: { id: "child" } }, { node: { id: "island" } }]);
});
