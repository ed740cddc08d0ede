/** Which objects of a state come under another backing, and which of them cannot. */
import { backingOfType, ownType, RESOURCE_TYPES, type Configuration } from "../../configuration";
import { importId } from "./import-id";
import type { StoredObject } from "./stored-objects";

export type Backing = Configuration["backing"];

/** A synthesized configuration: declarations by type and name. */
export interface SynthesizedPart {
  readonly resource?: Declarations;
  readonly data?: Declarations;
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly variable?: Readonly<Record<string, unknown>>;
  readonly terraform?: Readonly<Record<string, unknown>> & {
    readonly backend?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly cloud?: unknown;
    readonly required_providers?: Readonly<Record<string, unknown>>;
  };
}

type Declarations = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One object under its address of today, and under the one of the other backing. */
export interface Move {
  readonly object: StoredObject;
  readonly to: string;
  readonly id: string;
}

/** An object that stays where it is, so that nothing can be moved. */
export interface Obstacle {
  readonly address: string;
  readonly why: string;
  readonly fix: string;
}

export interface Moves {
  readonly moves: readonly Move[];
  /** Objects that the configuration only reads or no longer needs. */
  readonly forgotten: readonly StoredObject[];
  readonly obstacles: readonly Obstacle[];
  /** Addresses that have to exist before the move: OpenTofu replaces an integration when the trigger of its replacement is created. */
  readonly triggers: readonly string[];
}

export function movesTo(backing: Backing, objects: readonly StoredObject[], configuration: SynthesizedPart): Moves {
  const moves: Move[] = [];
  const forgotten: StoredObject[] = [];
  const obstacles: Obstacle[] = [];
  for (const object of objects) {
    if (isDeclared(configuration.resource, object.type, object.name)) continue;
    if (isReplacementTrigger(object)) forgotten.push(object);
    if (!isOfOtherBacking(backing, object)) continue;
    const type = twinType(object, configuration);
    if (type === undefined) {
      if (isReadOnly(object, configuration)) forgotten.push(object);
      else obstacles.push(undeclared(object));
      continue;
    }
    const changed = changedIdentity(object, type, configuration);
    const id = importId(type, object.attributes);
    const isRepeated = moves.some((move) => move.id === id && move.object.type === object.type);
    if (object.isIndexed) obstacles.push(indexed(object));
    else if (changed !== undefined) obstacles.push(changed);
    else if (id === undefined || isRepeated) obstacles.push(withoutId(object, type, isRepeated));
    else moves.push({ object, to: `${type}.${object.name}`, id });
  }
  return { moves, forgotten, obstacles, triggers: newTriggers(objects, moves, configuration) };
}

function isDeclared(declarations: Declarations | undefined, type: string, name: string): boolean {
  return Object.hasOwn(declarations?.[type] ?? {}, name);
}

function isOfOtherBacking(backing: Backing, { type }: StoredObject): boolean {
  return ownType(type).startsWith("bitlift_") && backingOfType(type) !== backing;
}

/** The type under which the configuration declares the same object. */
function twinType({ type, name }: StoredObject, { resource = {} }: SynthesizedPart): string | undefined {
  return Object.keys(resource).find((other) => other !== type && ownType(other) === ownType(type) && isDeclared(resource, other, name));
}

/** Spacelift's own provider would store another name or default flag, and change nothing: its trigger is made with the new value. */
function changedIdentity(
  { address, name, attributes }: StoredObject,
  type: string,
  { resource = {} }: SynthesizedPart,
): Obstacle | undefined {
  if (type !== "spacelift_bitbucket_datacenter_integration") return undefined;
  const declared = resource[type]?.[name] as Readonly<Record<string, unknown>> | undefined;
  const changed = (["name", "is_default"] as const).find((argument) => {
    const [before, after] = [attributes[argument], declared?.[argument]];
    return before !== undefined && isKnown(after) && String(after) !== escaped(before);
  });
  if (changed === undefined) return undefined;
  const what = changed === "name" ? "another name" : "another default flag";
  return {
    address,
    why: `The configuration gives ${address} ${what} than the state: ${String(declared?.[changed])} instead of ${attributes[changed]}. A move cannot change it.`,
    fix: `Apply ${what} of ${address} first, with the backing that it has now, or write the former value until the move is done.`,
  };
}

/** Not a reference, which only the engine can read. */
function isKnown(value: unknown): boolean {
  return typeof value === "boolean" || (typeof value === "string" && !/(^|[^$])\$\{/.test(value));
}

function escaped(text: string): string {
  return text.replaceAll(/[$%](?=\{)/g, (mark) => mark + mark);
}

/** A Cloud integration becomes a data source, under the same name or with the same ID. */
function isReadOnly({ type, name, attributes }: StoredObject, { data = {} }: SynthesizedPart): boolean {
  if (type !== RESOURCE_TYPES.integration.cloud) return false;
  const found = data["spacelift_bitbucket_cloud_integration"] ?? {};
  return Object.hasOwn(found, name) || Object.values(found).some((one) => (one as { readonly id?: unknown }).id === attributes.id);
}

/** With published backing, a resource that exists only in the state holds the name and the default flag of an integration. */
function isReplacementTrigger({ type, name }: Pick<StoredObject, "type" | "name">): boolean {
  return TRIGGER_TYPES.includes(type) && /(^|_)BitliftIdentity_[0-9A-F]{8}$/.test(name);
}

const TRIGGER_TYPES: readonly string[] = ["null_resource", "terraform_data"];

function newTriggers(objects: readonly StoredObject[], moves: readonly Move[], { resource = {} }: SynthesizedPart): readonly string[] {
  if (!moves.some(({ to }) => to.startsWith("spacelift_bitbucket_datacenter_integration."))) return [];
  return TRIGGER_TYPES.flatMap((type) =>
    Object.keys(resource[type] ?? {})
      .filter((name) => isReplacementTrigger({ type, name }))
      .map((name) => `${type}.${name}`)
      .filter((trigger) => !objects.some(({ address }) => address === trigger)),
  );
}

function undeclared({ address }: StoredObject): Obstacle {
  return {
    address,
    why: `${address} is in the state, but the configuration no longer declares it.`,
    fix: `If ${address} has another key now, apply that first, with previously in bitlift.yaml or moveFrom in an app, and the backing that it has now. Otherwise declare it again, or remove it with bitlift apply.`,
  };
}

function indexed({ address }: StoredObject): Obstacle {
  return {
    address,
    why: `${address} has several instances, and only single objects can be moved.`,
    fix: `Declare each webhook of ${address} by itself, and apply that first with the backing that it has now.`,
  };
}

function withoutId({ address, attributes }: StoredObject, type: string, isRepeated: boolean): Obstacle {
  const { title, project, repository } = attributes;
  if (type !== "bitbucketserver_repository_webhook" || project === undefined || repository === undefined) {
    return {
      address,
      why: `The state does not contain what names ${address} to ${type}.`,
      fix: `Run bitlift apply with the backing that ${address} has now: it completes the state.`,
    };
  }
  const reason = isRepeated
    ? `another webhook of ${project}/${repository} has the same title`
    : title === undefined || title === ""
      ? "it has no title"
      : `its title contains a slash: ${JSON.stringify(title)}`;
  return {
    address,
    why: `${type} imports a webhook by its title, and ${address} cannot be named by it: ${reason}.`,
    fix: `Give ${address} another title, without a slash, and apply that first with the backing that it has now.`,
  };
}
