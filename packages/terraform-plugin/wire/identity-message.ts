/** Identities in the protocol: their schema, and their values. Engines before version 1.12 ignore both. */
import { identityAttributes, identityOf } from "../schema/identity";
import { identitySchema } from "../schema/to-json";
import type { ObjectValue } from "../schema/value";
import type { ServedResource } from "../server/session";
import type { ResourceIdentityData, ResourceIdentitySchema } from "./generated/tfplugin6";
import { valueCodec } from "./value-codec";

export interface IdentityCodec {
  /** Undefined if the message contains no values. */
  decode(message: ResourceIdentityData | undefined): ObjectValue | undefined;
  encode(identity: ObjectValue | undefined): ResourceIdentityData | undefined;
  /** The identity of the object in a state. */
  encodeFrom(state: ObjectValue | null): ResourceIdentityData | undefined;
}

/** Of a resource without an identity. */
const NO_IDENTITY: IdentityCodec = { decode: () => undefined, encode: () => undefined, encodeFrom: () => undefined };

export function identityCodec(resource: ServedResource): IdentityCodec {
  if (resource.legacyTypeSystem === true) return NO_IDENTITY;
  const codec = valueCodec(identityAttributes(resource));
  const encode = (identity: ObjectValue | undefined) => (identity === undefined ? undefined : { identityData: codec.encode(identity) });
  return {
    decode: (message) => codec.decode(message?.identityData) ?? undefined,
    encode,
    encodeFrom: (state) => encode(identityOf(resource, state)),
  };
}

export function identitySchemaMessage(resource: ServedResource): ResourceIdentitySchema {
  const { version, attributes } = identitySchema(resource);
  const messages = Object.entries(attributes).map(([name, attribute]) => ({
    name,
    type: Buffer.from(JSON.stringify(attribute.type)),
    requiredForImport: attribute.required_for_import === true,
    optionalForImport: attribute.optional_for_import === true,
    description: attribute.description,
  }));
  return { version, identityAttributes: messages };
}
