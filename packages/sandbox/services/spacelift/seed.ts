// The seed of the emulated Spacelift: its shape, and what its JSON Schema cannot say.
import { createSeedError, createSeedValidator, findDuplicates } from "../../core/seed-validation";
import { slug } from "./identifiers";
import { SPACELIFT_SEED_SCHEMA } from "./seed-schema";
import type { BitbucketProvider, Roles, VcsChecks, VcsProvider } from "./state";

export { SPACELIFT_SEED_SCHEMA };

export interface SpaceliftSeed {
  readonly accounts: readonly SeedAccount[];
}

export interface SeedAccount {
  /** The path prefix: `http://127.0.0.1:P/<name>/graphql`. */
  readonly name: string;
  /** Part of webhook addresses; made from the name unless given. */
  readonly ulid?: string;
  readonly keys: readonly SeedKey[];
  /** Tokens as runs have them; the sandbox issues them, unless one is given word for word. */
  readonly tokens?: readonly { readonly id?: string; readonly token?: string; readonly roles: Roles; readonly subject?: string }[];
  /** `root` exists always. */
  readonly spaces?: readonly SeedSpace[];
  readonly integrations?: readonly SeedIntegration[];
  readonly stacks?: readonly SeedSourced[];
  readonly modules?: readonly (SeedSourced & { readonly terraformProvider?: string })[];
  /** VCS agent pools, the targets of `private://<name>`. */
  readonly agentPools?: readonly { readonly id?: string; readonly name: string; readonly description?: string }[];
}

export interface SeedKey {
  readonly id: string;
  readonly name?: string;
  readonly secret: string;
  /** Admin on `root`. */
  readonly admin?: boolean;
  readonly roles?: Roles;
}

export interface SeedSpace {
  readonly id: string;
  readonly name: string;
  readonly parentSpace?: string;
  readonly inheritEntities?: boolean;
  readonly description?: string;
  readonly labels?: readonly string[];
}

export interface SeedIntegration {
  readonly provider: BitbucketProvider;
  readonly name: string;
  readonly isDefault?: boolean;
  readonly space?: string;
  readonly email?: string;
  readonly username?: string;
  /** API token, app password or access token. */
  readonly credential?: string;
  readonly webhookSecret?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly vcsChecks?: VcsChecks;
  readonly useGitCheckout?: boolean;
  readonly apiHost?: string;
  readonly userFacingHost?: string;
}

export interface SeedSourced {
  readonly id: string;
  readonly name: string;
  readonly space?: string;
  readonly provider: VcsProvider;
  readonly namespace: string;
  readonly repository: string;
  readonly branch?: string;
  readonly labels?: readonly string[];
  /** Without it the default integration, if there is one. An integration that does not exist leaves it detached. */
  readonly vcsIntegrationId?: string;
}

const WHAT = "The seed of Spacelift";
const checkSchema = createSeedValidator(SPACELIFT_SEED_SCHEMA);

/** @throws Error that names each mistake by its JSON path */
export function parseSeed(data: unknown): SpaceliftSeed {
  const mistakes = checkSchema(data);
  if (mistakes.length > 0) throw createSeedError(WHAT, mistakes);
  const seed = data as SpaceliftSeed; // The schema has just said so.
  const more = [
    ...findDuplicates(
      seed.accounts.map(({ name }) => name),
      (index) => `$.accounts[${index}].name`,
      "an account's name is unique",
    ),
    ...seed.accounts.flatMap((account, index) => contradictions(account, `$.accounts[${index}]`)),
  ];
  if (more.length > 0) throw createSeedError(WHAT, more);
  return seed;
}

function contradictions(account: SeedAccount, path: string): readonly string[] {
  const { keys, spaces = [], integrations = [], stacks = [], modules = [], agentPools = [] } = account;
  const known = new Set(["root", ...spaces.map(({ id }) => id)]);
  const lists = { integrations, stacks, modules };
  return [
    ...unique(keys, `${path}.keys`, "id", "a key's id is unique"),
    ...unique(spaces, `${path}.spaces`, "id", "a Space's id is unique"),
    ...unique(stacks, `${path}.stacks`, "id", "a stack's id is unique"),
    ...unique(modules, `${path}.modules`, "id", "a module's id is unique"),
    ...unique(agentPools, `${path}.agentPools`, "name", "an agent pool's name is unique"),
    ...spaces.flatMap((space, index) => aboutParent(space, `${path}.spaces[${index}]`, known, spaces)),
    ...Object.entries(lists).flatMap(([name, list]) =>
      list.flatMap(({ space = "root" }, index) => (known.has(space) ? [] : [noSpace(`${path}.${name}[${index}].space`, space)])),
    ),
    ...integrations.flatMap((one, index) => aboutIntegration(one, `${path}.integrations[${index}]`)),
    ...findDuplicates(
      integrations.map(({ provider, name }) => (slug(name) === "" ? undefined : `${provider} ${slug(name)}`)),
      (index) => `${path}.integrations[${index}].name`,
      "ids are made from names, and are unique for each provider",
    ),
    ...findDuplicates(
      integrations.map(({ provider, isDefault }) => (isDefault === true ? provider : undefined)),
      (index) => `${path}.integrations[${index}].isDefault`,
      "there is one default integration for each provider",
    ),
  ];
}

function unique<Field extends string>(
  list: readonly { readonly [One in Field]: string }[],
  path: string,
  field: Field,
  what: string,
): readonly string[] {
  return findDuplicates(
    list.map((one) => one[field]),
    (index) => `${path}[${index}].${field}`,
    what,
  );
}

function aboutParent({ id, parentSpace = "root" }: SeedSpace, path: string, known: ReadonlySet<string>, spaces: readonly SeedSpace[]) {
  if (id === "root") return [];
  if (!known.has(parentSpace)) return [noSpace(`${path}.parentSpace`, parentSpace)];
  const above: string[] = [];
  for (let at: string | undefined = parentSpace; at !== undefined && at !== "root" && !above.includes(at); at = parentOf(spaces, at))
    above.push(at);
  return above.includes(id) ? [`${path}.parentSpace puts the Space "${id}" below itself`] : [];
}

function parentOf(spaces: readonly SeedSpace[], id: string): string | undefined {
  return spaces.find((space) => space.id === id)?.parentSpace;
}

function aboutIntegration({ name, isDefault, space = "root" }: SeedIntegration, path: string): readonly string[] {
  return [
    ...(slug(name) === "" ? [`${path}.name needs a letter or a digit`] : []),
    ...(isDefault === true && space !== "root" ? [`${path}.space of a default integration is "root"`] : []),
  ];
}

function noSpace(path: string, id: string): string {
  return `${path} names "${id}", which is no Space of this account`;
}
