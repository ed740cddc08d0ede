/** Rules: an integration names one product, and an object is either existing or has settings of its own. */
import type { FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { listed, shown } from "../quoting";

export function* products({ integrations }: FileDraft): Generator<Remark> {
  for (const { key, value, at } of integrations.values()) {
    const { cloud, datacenter } = value;
    if (cloud !== undefined && datacenter !== undefined) {
      yield fault(
        "integration-product",
        { holder: value, key: "datacenter", part: "key" },
        `integration ${shown(key)} has both "cloud" and "datacenter". Keep the one of its product, or write two integrations.`,
      );
    } else if (cloud === undefined && datacenter === undefined) {
      yield fault(
        "integration-product",
        at,
        `integration ${shown(key)} names no product. Add cloud: { email: …, token: { env: … } }, or datacenter: { server: …, username: …, token: { env: … } }.`,
      );
    }
  }
}

/** What stays meaningful next to `existing`. */
const WITH_EXISTING_SPACE = ["existing", "spaces", "previously"];
const WITH_EXISTING_INTEGRATION = ["existing", "backing", "cloud", "datacenter", "repositories", "previously"];

export function* existingObjects({ spaces, integrations }: FileDraft): Generator<Remark> {
  for (const { key, value, at } of spaces.values()) {
    const subject = `Space ${shown(key)}`;
    if (value.existing === undefined) {
      if (value.name === undefined)
        yield fault(
          "value-missing",
          at,
          `${subject} has no "name". Add it, or refer to a Space that is managed elsewhere: existing: { id: … }.`,
        );
      continue;
    }
    yield* settingsOf(value, subject, WITH_EXISTING_SPACE);
    const { id, name, parent } = value.existing;
    if ((id === undefined) === (name === undefined) || (id !== undefined && parent !== undefined)) {
      yield fault(
        "value-not-allowed",
        { holder: value, key: "existing" },
        `"existing" of ${subject} does not name one Space. Write { id: <ID> } or { name: <name>, parent: <key> }.`,
      );
    }
  }
  for (const { key, value, at } of integrations.values()) {
    const subject = `integration ${shown(key)}`;
    if (value.existing === undefined) {
      if (value.name === undefined)
        yield fault(
          "value-missing",
          at,
          `${subject} has no "name". Add it, or refer to an integration that is managed elsewhere: existing: { id: … }.`,
        );
      continue;
    }
    yield* settingsOf(value, subject, WITH_EXISTING_INTEGRATION);
    yield* settingsOf(value.cloud ?? {}, `${subject} under "cloud"`, []);
    yield* settingsOf(value.datacenter ?? {}, `${subject} under "datacenter"`, ["server"]);
    if (Object.keys(value.existing).length !== 1) {
      yield fault(
        "value-not-allowed",
        { holder: value, key: "existing" },
        `"existing" of ${subject} does not name one integration. Write { id: <ID> }, { name: <name> } or { default: true }.`,
      );
    }
  }
}

function* settingsOf(value: object, subject: string, allowed: readonly string[]): Generator<Remark> {
  const names = Object.keys(value).filter((name) => !allowed.includes(name));
  const [first] = names;
  if (first === undefined) return;
  yield fault(
    "existing-with-settings",
    { holder: value, key: first, part: "key" },
    `${subject} is managed elsewhere, so the file cannot set ${listed(names)}. Remove ${names.length === 1 ? "the key" : "these keys"}, or remove "existing".`,
  );
}
