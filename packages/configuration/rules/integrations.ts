/** Rules between integrations and between Spaces, as packages/domain has them for constructs too. */
import {
  defaultsOutsideRoot,
  duplicateDefaults,
  duplicateIntegrationNames,
  duplicateSpaceNames,
  spaceCycles,
  type IntegrationFacts,
  type SpaceFacts,
} from "../../domain";
import { existingSpaceOf, productOf, type Entry, type FileDraft, type SpaceEntryDraft } from "../draft";
import { fault, type Remark } from "../finding";
import type { IntegrationInput } from "../model/document";
import { shown } from "../quoting";
import { remarkOf, remarksOf, type Subject } from "./file-words";

/** A file configures one Spacelift account. */
const ACCOUNT = "";

export function* integrationsAndSpaces(draft: FileDraft): Generator<Remark> {
  const integrations = integrationFacts(draft);
  yield* remarksOf(defaultsOutsideRoot(integrations));
  yield* remarksOf(duplicateDefaults(integrations));
  yield* remarksOf(duplicateIntegrationNames(integrations));
  yield* remarksOf(duplicateSpaceNames(spaceFacts(draft)));
}

/** The parent of an existing Space can name any Space, so that it can contradict the nesting or form a circle. */
export function* spaceParents({ spaces }: FileDraft): Generator<Remark> {
  const subjects = new Map([...spaces.values()].map((space) => [space, spaceSubject(space)]));
  const spaceOf = new Map([...subjects].map(([space, subject]) => [subject, space]));
  const withParent: Subject[] = [];
  for (const [space, subject] of subjects) {
    const { key, value, parent } = space;
    const explicit = value.existing?.parent;
    if (value.existing === undefined || explicit === undefined) continue;
    if (parent === "root" || explicit === parent) withParent.push(subject);
    else
      yield fault(
        "value-not-allowed",
        { holder: value.existing, key: "parent" },
        `"existing.parent" of Space ${shown(key)} is ${shown(explicit)}, but the file nests it in ${shown(parent)}. Remove parent, or move the Space.`,
      );
  }
  const parentOf = (subject: Subject) => {
    const space = spaceOf.get(subject);
    const parent = space === undefined ? undefined : spaces.get(parentKeyOf(space));
    return parent && subjects.get(parent);
  };
  for (const violation of spaceCycles<Subject, Subject>(withParent, parentOf)) {
    const existing = spaceOf.get(violation.subject)?.value.existing;
    yield remarkOf(violation, existing && { holder: existing, key: "parent" });
  }
}

export function integrationSubject({ key, value, at }: Entry<IntegrationInput>): Subject {
  return { title: `integration ${shown(key)}`, at, value };
}

export function spaceSubject({ key, value, at }: SpaceEntryDraft): Subject {
  return { title: `Space ${shown(key)}`, at, value };
}

function integrationFacts({ spaces, integrations }: FileDraft): readonly IntegrationFacts<Subject>[] {
  const facts: IntegrationFacts<Subject>[] = [];
  for (const entry of integrations.values()) {
    const { value } = entry;
    const product = productOf(entry);
    if (product === undefined || value.existing !== undefined) continue;
    const { space = "root", name } = value;
    facts.push({
      subject: integrationSubject(entry),
      account: ACCOUNT,
      product,
      name,
      isDefault: value.default === true,
      space: { id: identityOf(space, spaces), title: shown(space) },
    });
  }
  return facts;
}

function spaceFacts({ spaces }: FileDraft): readonly SpaceFacts<Subject>[] {
  return [...spaces.values()]
    .filter(({ value }) => value.existing === undefined)
    .map((space) => ({
      subject: spaceSubject(space),
      account: ACCOUNT,
      name: space.value.name,
      parent: identityOf(space.parent, spaces),
    }));
}

/** Equal for keys of the same Space, which may exist already under several keys. */
function identityOf(key: string, spaces: FileDraft["spaces"], visited: readonly string[] = []): string {
  const space = spaces.get(key);
  if (key === "root" || space === undefined || visited.includes(key)) return key;
  const existing = existingSpaceOf(space);
  if (existing === undefined) return JSON.stringify(["key", key]);
  if ("id" in existing) return existing.id;
  return JSON.stringify(["name", identityOf(existing.parent, spaces, [...visited, key]), existing.name]);
}

function parentKeyOf(space: SpaceEntryDraft): string {
  const existing = existingSpaceOf(space);
  return existing !== undefined && "name" in existing ? existing.parent : space.parent;
}
