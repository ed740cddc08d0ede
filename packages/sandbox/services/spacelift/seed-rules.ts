// The rules of a Spacelift seed that its JSON Schema cannot express.
import { findDuplicates } from "../../core/seed-validation";
import { toSlug } from "./identifiers";
import type { SeedAccount, SeedIntegration, SeedSpace, SpaceliftSeed } from "./seed";

/** One message per violation. */
export function findContradictions({ accounts }: SpaceliftSeed): readonly string[] {
  return [
    ...findDuplicateFields(accounts, "$.accounts", "name", "the name of an account must be unique"),
    ...accounts.flatMap((account, index) => checkAccount(account, `$.accounts[${index}]`)),
  ];
}

function checkAccount(account: SeedAccount, path: string): readonly string[] {
  const { keys, spaces = [], integrations = [], stacks = [], modules = [], agentPools = [] } = account;
  const spaceIds = new Set(["root", ...spaces.map(({ id }) => id)]);
  const lists = { integrations, stacks, modules };
  return [
    ...findDuplicateFields(keys, `${path}.keys`, "id", "the id of a key must be unique"),
    ...findDuplicateFields(spaces, `${path}.spaces`, "id", "the id of a Space must be unique"),
    ...findDuplicateFields(stacks, `${path}.stacks`, "id", "the id of a stack must be unique"),
    ...findDuplicateFields(modules, `${path}.modules`, "id", "the id of a module must be unique"),
    ...findDuplicateFields(agentPools, `${path}.agentPools`, "name", "the name of an agent pool must be unique"),
    ...spaces.flatMap((space, index) => checkParent(space, `${path}.spaces[${index}]`, spaceIds, spaces)),
    ...Object.entries(lists).flatMap(([name, list]) =>
      list.flatMap(({ space = "root" }, index) =>
        spaceIds.has(space) ? [] : [describeUnknownSpace(`${path}.${name}[${index}].space`, space)],
      ),
    ),
    ...checkIntegrations(integrations, `${path}.integrations`),
  ];
}

function findDuplicateFields<Field extends string>(
  list: readonly { readonly [Name in Field]: string }[],
  path: string,
  field: Field,
  rule: string,
): readonly string[] {
  return findDuplicates(
    list.map((item) => item[field]),
    (index) => `${path}[${index}].${field}`,
    rule,
  );
}

function checkParent(
  { id, parentSpace = "root" }: SeedSpace,
  path: string,
  spaceIds: ReadonlySet<string>,
  spaces: readonly SeedSpace[],
): readonly string[] {
  if (id === "root") return [];
  if (!spaceIds.has(parentSpace)) return [describeUnknownSpace(`${path}.parentSpace`, parentSpace)];
  const ancestors: string[] = [];
  let ancestor: string | undefined = parentSpace;
  while (ancestor !== undefined && ancestor !== "root" && !ancestors.includes(ancestor)) {
    ancestors.push(ancestor);
    ancestor = parentOf(spaces, ancestor);
  }
  return ancestors.includes(id) ? [`${path}.parentSpace puts the Space "${id}" below itself`] : [];
}

function parentOf(spaces: readonly SeedSpace[], id: string): string | undefined {
  return spaces.find((space) => space.id === id)?.parentSpace;
}

function checkIntegrations(integrations: readonly SeedIntegration[], path: string): readonly string[] {
  return [
    ...integrations.flatMap((integration, index) => checkIntegration(integration, `${path}[${index}]`)),
    ...findDuplicates(
      integrations.map(({ provider, name }) => (toSlug(name) === "" ? undefined : `${provider} ${toSlug(name)}`)),
      (index) => `${path}[${index}].name`,
      "the id is derived from the name and must be unique for each provider",
    ),
    ...findDuplicates(
      integrations.map(({ provider, isDefault }) => (isDefault === true ? provider : undefined)),
      (index) => `${path}[${index}].isDefault`,
      "each provider can have only one default integration",
    ),
  ];
}

function checkIntegration({ name, isDefault, space = "root" }: SeedIntegration, path: string): readonly string[] {
  return [
    ...(toSlug(name) === "" ? [`${path}.name needs a letter or a digit`] : []),
    ...(isDefault === true && space !== "root" ? [`${path}.space of a default integration must be "root"`] : []),
  ];
}

function describeUnknownSpace(path: string, id: string): string {
  return `${path} must be a Space of this account. Got "${id}"`;
}
