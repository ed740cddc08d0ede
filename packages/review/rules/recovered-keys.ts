/** The key of an object that `bitlift.yaml` no longer has, from its address: addresses depend on keys only. */
import {
  integrationAddress,
  integrationConstructId,
  repositoryConstructId,
  setConstructId,
  spaceAddress,
  webhookAddress,
} from "../../configuration";
import type { PlannedResource } from "../plan/plan-model";
import { withoutIndex } from "../plan/references";
import { textOf } from "../plan/values";

/** Each candidate is checked by deriving the address from it. Undefined for the address of a construct of a program. */
export function recoverKey(change: PlannedResource): string | undefined {
  const address = withoutIndex(change.address);
  const name = /^[^.]+\.(.+)_[0-9A-F]{8}$/.exec(address)?.[1];
  if (name === undefined) return undefined;
  const { resource } = change;
  const { backing } = resource;
  if (resource.kind === "space") return [name.replace(/^space-/, "")].find((key) => spaceAddress(key, backing) === address);
  if (resource.kind === "integration") return keysOf(name).find((key) => integrationAddress(resource.product, key, backing) === address);
  const values = change.before ?? change.after;
  const namespace = textOf(values, "workspace") ?? textOf(values, "project");
  const slug = textOf(values, "repository");
  if (namespace === undefined || slug === undefined) return undefined;
  const ids = [repositoryConstructId(namespace, slug), setConstructId({ every: namespace, key: undefined })];
  for (const id of ids) {
    const suffix = `_${id.replaceAll("/", "--").replaceAll(/[^A-Za-z0-9_-]/g, "")}`;
    if (!name.endsWith(suffix)) continue;
    const key = keysOf(name.slice(0, -suffix.length)).find(
      (candidate) => webhookAddress(resource.product, candidate, id, backing) === address,
    );
    if (key !== undefined) return `${key}/${namespace}/${slug}`;
  }
  return undefined;
}

function keysOf(constructId: string): readonly string[] {
  const unprefixed = constructId.replace(/^integration-/, "");
  return [constructId, unprefixed].filter((key) => integrationConstructId(key) === constructId);
}
