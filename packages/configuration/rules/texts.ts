/** Rules about the texts that people choose, as packages/domain has them for constructs too. */
import { integrationNameFault, integrationSlug, unusableSpaceTexts, unusableTexts, type TextFacts } from "../../domain";
import { itemsOf, type FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { shown } from "../quoting";
import { remarksOf, type Subject } from "./file-words";

export function* texts({ main, spaces, servers, integrations }: FileDraft): Generator<Remark> {
  for (const { value } of spaces.values()) yield* remarksOf(unusableSpaceTexts([factsOf(value)]));
  const values: (object | undefined)[] = [main.defaults?.integration, main.defaults?.webhook, main.bitbucketCloud];
  for (const { value } of servers.values()) values.push(value);
  for (const entry of integrations.values()) {
    const { value } = entry;
    values.push(value, value.cloud, value.datacenter);
    const { repositories, sets } = itemsOf(entry);
    for (const item of repositories) values.push(item.value);
    for (const item of sets) values.push(item.value);
  }
  for (const value of values) if (value !== undefined) yield* remarksOf(unusableTexts([factsOf(value)]));
  for (const { key, value } of spaces.values()) yield* blankTexts(`Space ${shown(key)}`, value.existing);
  for (const { key, value } of integrations.values()) {
    yield* blankTexts(`integration ${shown(key)}`, value.existing);
    yield* namesWithoutId(value.existing);
  }
}

/** The keys of the file are the settings of the rules. */
function factsOf(value: object): TextFacts<Subject> {
  const { name, description, labels, secretRotation, title, email, username } = value as Omit<TextFacts<Subject>, "subject">;
  return { subject: { title: "", at: { holder: value }, value }, name, description, labels, secretRotation, title, email, username };
}

/** Spacelift derives the ID, by which an existing integration is found, from its name. */
function* namesWithoutId(existing: { readonly name?: string | undefined } = {}): Generator<Remark> {
  const { name = "" } = existing;
  const wrong = name.trim() === "" || integrationSlug(name) !== "" ? undefined : integrationNameFault(name);
  if (wrong === undefined) return;
  yield fault(
    "value-not-allowed",
    { holder: existing, key: "name" },
    `${shown(name)} cannot be the name of an integration. ${wrong.why} Write its name or ID as Spacelift shows it.`,
  );
}

/** What exists already may have any name, but not an empty one. */
function* blankTexts(title: string, existing: object = {}): Generator<Remark> {
  for (const [name, text] of Object.entries(existing) as [string, unknown][]) {
    if (typeof text !== "string" || text.trim() !== "") continue;
    yield fault(
      "value-not-allowed",
      { holder: existing, key: name },
      `"existing.${name}" of ${title} is empty. Write the ${name}, as Spacelift shows it.`,
    );
  }
}
