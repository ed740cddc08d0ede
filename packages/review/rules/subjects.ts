/** What a resource is called: its key and place in `bitlift.yaml`, or its construct and the source line of that. */
import { adviceFor, FileEntries, type Configuration, type FileEntry, type Place } from "../../configuration";
import type { Subject } from "../finding";
import type { ConstructOrigins } from "../plan/construct-origins";
import type { PlannedResource } from "../plan/plan-model";
import { withoutIndex } from "../plan/references";
import { recoverKey } from "./recovered-keys";

export class Subjects {
  readonly #entries: FileEntries | undefined;
  readonly #origins: ConstructOrigins;

  constructor(configuration: Configuration | undefined, origins: ConstructOrigins = new Map()) {
    this.#entries = configuration === undefined ? undefined : new FileEntries(configuration);
    this.#origins = origins;
  }

  of(change: PlannedResource): Subject {
    const { part, address, resource, label } = change;
    const entry = this.#entries?.at(address);
    const origin = this.#origins.get(part)?.get(withoutIndex(address));
    const key = entry === undefined ? (recoverKey(change) ?? address) : keyOf(entry, label);
    return {
      key,
      kind: resource.kind === "space" ? "Space" : resource.kind,
      name: label ?? address,
      part,
      address,
      place: entry?.place ?? origin?.place,
      construct: entry === undefined ? origin?.path : undefined,
    };
  }

  ofPart(part: string, place?: Place): Subject {
    return { key: part, kind: "part", name: part, part, address: undefined, place, construct: undefined };
  }

  at(part: string, address: string): Subject {
    const origin = this.#origins.get(part)?.get(withoutIndex(address));
    return {
      key: address,
      kind: "other",
      name: address,
      part,
      address,
      place: this.#entries?.at(address)?.place ?? origin?.place,
      construct: origin?.path,
    };
  }

  /** What to do in the file about a message of the provider; undefined without a file. */
  advice(code: string | undefined, address: string | undefined): string | undefined {
    return this.#entries === undefined ? undefined : adviceFor(code, address === undefined ? undefined : this.#entries.at(address));
  }
}

/** A webhook of a set is called by its repository. */
function keyOf(entry: FileEntry, label: string | undefined): string {
  return entry.kind === "set" && label !== undefined ? `${entry.integration.key}/${label}` : entry.key;
}
