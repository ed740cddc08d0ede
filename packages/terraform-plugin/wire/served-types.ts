/** The served declarations by type, each with the codec of its values. */
import type { Attributes } from "../schema/attributes";
import type { ObjectValue } from "../schema/value";
import type { ServedDataSource, ServedResource, Session } from "../server/session";
import { UndeclaredType } from "./diagnostic-message";
import type { DynamicValue } from "./generated/tfplugin6";
import { identityCodec, type IdentityCodec } from "./identity-message";
import { valueCodec, type ValueCodec } from "./value-codec";

interface ServedResourceType {
  readonly resource: ServedResource;
  readonly codec: ValueCodec;
  readonly identity: IdentityCodec;
}

export class ServedTypes {
  readonly #session: Session;
  readonly #codecs = new Map<Attributes, ValueCodec>();
  readonly #resources = new Map<string, ServedResourceType>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Throws UndeclaredType if the provider does not have that type. */
  resource(type: string): ServedResourceType {
    const existing = this.#resources.get(type);
    if (existing !== undefined) return existing;
    const resource = this.#session.resource(type);
    if (resource === undefined) throw new UndeclaredType(`resource type \`${type}\``);
    const served = { resource, codec: this.#codec(resource.attributes), identity: identityCodec(resource) };
    this.#resources.set(type, served);
    return served;
  }

  /** Throws UndeclaredType if the provider does not have that type. */
  dataSource(type: string): { readonly source: ServedDataSource; readonly codec: ValueCodec } {
    const source = this.#session.dataSource(type);
    if (source === undefined) throw new UndeclaredType(`data source \`${type}\``);
    return { source, codec: this.#codec(source.attributes) };
  }

  /** Decodes the provider block. Returns an empty object if there is none. */
  providerConfig(value: DynamicValue | undefined): ObjectValue {
    return this.#codec(this.#session.configAttributes).decode(value) ?? {};
  }

  #codec(attributes: Attributes): ValueCodec {
    const existing = this.#codecs.get(attributes);
    if (existing !== undefined) return existing;
    const codec = valueCodec(attributes);
    this.#codecs.set(attributes, codec);
    return codec;
  }
}

/** Returns the value. Throws a TypeError if it is null. */
export function requireValue(value: ObjectValue | null): ObjectValue {
  if (value === null) throw new TypeError("a value is null, but the protocol requires one");
  return value;
}
