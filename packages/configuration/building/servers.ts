/** The servers and the login for webhooks of a checked file. */
import type { Configuration, ServerEntry } from "../configuration";
import type { Draft, Entry } from "../draft";
import type { Document, ServerInput } from "../model/document";
import { secretFrom, type Locate } from "./located";

export function serverFrom({ key, value, at }: Entry<ServerInput>, locate: Locate): ServerEntry {
  return { key, place: locate(at), url: value.url ?? "", login: loginFrom(value), caCertificate: value.caCertificate };
}

function loginFrom({ token, username, password }: Draft<ServerInput>): ServerEntry["login"] {
  if (token !== undefined) return { token: secretFrom(token) };
  return username === undefined ? undefined : { username, password: secretFrom(password) };
}

export function cloudLoginFrom({ bitbucketCloud }: Draft<Document>): Configuration["bitbucketCloud"] {
  if (bitbucketCloud === undefined) return undefined;
  const { email, token } = bitbucketCloud;
  return email === undefined ? { token: secretFrom(token) } : { email, token: secretFrom(token) };
}
