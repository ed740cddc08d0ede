/** In which order the plans of one round are applied, and which of them may be applied at the same time. */
import { ownType, RESOURCE_TYPES } from "../../configuration";
import type { OrderedPart } from "./parts";
import type { Plan, PlannedChange } from "./plan-json";
import type { PartResult } from "./reporter";

export interface PartToApply {
  readonly name: string;
  readonly part: OrderedPart;
  readonly plan: Plan;
  /** Names of the parts whose apply must have ended. */
  readonly after: readonly string[];
}

/**
 * Parts whose Spaces are deleted come after all those that may still have something in these Spaces. Two parts that concern the same object stay one
 * after the other: an integration that moves from one to the other, or two webhooks of one repository. Within one process the plugin has locks for that.
 * The part that deletes the object comes first, unless it needs the other part: names are unique.
 */
export function applyOrder(parts: readonly OrderedPart[], results: readonly PartResult[]): readonly PartToApply[] {
  const changing = results.flatMap((result) => {
    const part = parts.find(({ name }) => name === result.part);
    return result.status === "changes" && part !== undefined ? [{ part, plan: result.plan, objects: objectsOf(result.plan) }] : [];
  });
  const others = giversFirst(changing.filter(({ plan }) => !onlyDeletesSpaces(plan)));
  const last = giversFirst(changing.filter(({ plan }) => onlyDeletesSpaces(plan)));
  const names = others.map(({ part }) => part.name);
  return [...others, ...last].map(({ part, plan, objects }, index, all) => {
    const shared = all.slice(0, index).filter((earlier) => [...objects].some((object) => earlier.objects.has(object)));
    const after = [...part.after, ...shared.map((earlier) => earlier.part.name), ...(index < others.length ? [] : names)];
    return { name: part.name, part, plan, after: [...new Set(after)] };
  });
}

interface ChangingPart {
  readonly part: OrderedPart;
  readonly plan: Plan;
}

/**
 * Parts that create what another part of the round deletes: names are unique, so their plans are made again after the delete. Empty if that would
 * leave nothing to apply.
 */
export function receivingParts(results: readonly PartResult[]): ReadonlySet<string> {
  const changing = results.flatMap((result) => (result.status === "changes" ? [result] : []));
  const givers = new Map(changing.flatMap(({ part, plan }) => [...objectsOf(plan, "delete")].map((object) => [object, part] as const)));
  const receiving = changing.filter(({ part, plan }) =>
    [...objectsOf(plan, "create")].some((object) => (givers.get(object) ?? part) !== part),
  );
  return new Set(receiving.length === changing.length ? [] : receiving.map(({ part }) => part));
}

/** Keeps the order, except that a part comes after those that delete what it creates. */
function giversFirst<Part extends ChangingPart>(parts: readonly Part[]): readonly Part[] {
  const giver = new Map(parts.flatMap((part) => [...objectsOf(part.plan, "delete")].map((object) => [object, part.part.name] as const)));
  const left = new Map(
    parts.map((part) => {
      const givers = [...objectsOf(part.plan, "create")].flatMap((object) => giver.get(object) ?? []);
      return [part.part.name, { part, givers: givers.filter((name) => name !== part.part.name) }] as const;
    }),
  );
  const ordered: Part[] = [];
  while (left.size > 0) {
    const entries = [...left.values()];
    const ready = entries.filter(({ part }) => !part.part.after.some((name) => left.has(name)));
    const next = ready.find(({ givers }) => !givers.some((name) => left.has(name))) ?? ready[0] ?? entries[0];
    if (next === undefined) break;
    left.delete(next.part.part.name);
    ordered.push(next.part);
  }
  return ordered;
}

function onlyDeletesSpaces({ changes }: Plan): boolean {
  const spaces = changes.filter(({ type, action }) => ownType(type) === RESOURCE_TYPES.space && action !== undefined);
  return spaces.length > 0 && spaces.every(({ action }) => action === "delete");
}

/** What the remote systems know the changed objects by. An account has only one default integration of each type. */
function objectsOf({ changes }: Plan, by?: PlannedChange["action"]): ReadonlySet<string> {
  return new Set(changes.filter(({ action }) => action !== undefined && (by === undefined || action === by)).flatMap(identities));
}

function identities({ type, label, isDefault }: PlannedChange): readonly string[] {
  return [...(label === undefined ? [] : [`${type} ${label.toLowerCase()}`]), ...(isDefault ? [`${type} default`] : [])];
}
