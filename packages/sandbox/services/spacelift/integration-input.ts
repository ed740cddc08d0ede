// The inputs of integration mutations in all their forms, converted to settings and a credential.
import type { Credential, IntegrationSettings, NewIntegration } from "./integrations";
import type { Scope } from "./state";

/** The three spellings of the Space. */
interface SpaceField {
  readonly spaceID?: string | null;
  readonly spaceId?: string | null;
  readonly space?: string | null;
}

/** CustomVCSInput. The flat V2 input has the same fields and the credential. */
export type CustomInput = Omit<NewIntegration, "space"> & SpaceField;

/** CustomVCSUpdateInput, nested or flat. */
export type CustomUpdateInput = Omit<IntegrationSettings, "space"> & SpaceField & { readonly id?: string | null };

export type V2Input<Custom> = Partial<Custom> & {
  readonly email?: string | null;
  readonly apiToken?: string | null;
  readonly customInput?: Custom | null;
};

export interface HostInput {
  readonly apiHost: string;
  readonly userFacingHost: string;
  readonly username?: string | null;
  readonly accessToken?: string | null;
}

export function resolveSpace<Input extends SpaceField>(input: Input): Input & { readonly space: string | null | undefined } {
  return { ...input, space: input.spaceID ?? input.spaceId ?? input.space };
}

/** Null keeps the stored credential. */
export function toCredential(secret: string | null | undefined): Credential {
  return secret === null || secret === undefined ? {} : { credential: secret };
}

export function toHostCredential({ apiHost, userFacingHost, username, accessToken }: HostInput): Credential {
  return { apiHost, userFacingHost, username: username ?? null, ...toCredential(accessToken) };
}

/** Turns an empty token into null if the switch says that an empty token keeps the stored one. */
export function normalizeToken({ switches }: Scope, token: string | null | undefined): string | null | undefined {
  return token === "" && switches["empty-token"] === "keeps" ? null : token;
}
