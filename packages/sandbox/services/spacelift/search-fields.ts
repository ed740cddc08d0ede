// The fields by which each list can be searched.
import type { Fields } from "./search";
import type { Consumer, Integration, Module, Space, Stack } from "./state";

export const INTEGRATION_FIELDS: Fields<Integration> = {
  name: ({ name }) => [name],
  provider: ({ provider }) => [provider],
  isDefault: ({ isDefault }) => [isDefault],
  space: ({ spaceId }) => [spaceId],
  label: ({ labels }) => labels,
};

export const SPACE_FIELDS: Fields<Space> = {
  name: ({ name }) => [name],
  parentSpace: ({ parentSpace }) => (parentSpace === null ? [] : [parentSpace]),
  label: ({ labels }) => labels,
};

/** Spacelift cannot search by integration, provider or namespace: a client that filters by them reads all pages. */
const CONSUMER_FIELDS: Fields<Consumer> = {
  name: ({ name }) => [name],
  branch: ({ branch }) => [branch],
  label: ({ labels }) => labels,
  repository: ({ repository }) => [repository],
  administrative: ({ settings }) => [settings["administrative"] === true],
  projectRoot: ({ settings }) => (typeof settings["projectRoot"] === "string" ? [settings["projectRoot"]] : []),
  workerPool: ({ settings }) => (typeof settings["workerPool"] === "string" ? [settings["workerPool"]] : []),
};

export const STACK_FIELDS: Fields<Stack> = {
  ...CONSUMER_FIELDS,
  state: () => ["NONE"],
  locked: () => [false],
  vendor: () => ["TERRAFORM"],
};

export const MODULE_FIELDS: Fields<Module> = {
  ...CONSUMER_FIELDS,
  labels: ({ labels }) => labels,
  terraformProvider: ({ terraformProvider }) => [terraformProvider],
  space: ({ space }) => [space],
  public: () => [false],
};
