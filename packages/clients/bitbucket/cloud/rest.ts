/** Bitbucket Cloud's dialect of REST: login, addresses, pages by `next`. */
import { basic, BitbucketRest } from "../rest";
import type { Http } from "../../http/http";
import { textOf } from "../../http/json";
import type { Secrets } from "../../http/secrets";
import { explain, saysAbsent, type CredentialForm } from "./explain";

export type CloudCredentials =
  | { readonly accessToken: string }
  | { readonly email: string; readonly apiToken: string }
  | { readonly username: string; readonly password: string };

/** @param baseUrl with `/2.0` */
export function cloudRest(credentials: CloudCredentials, baseUrl: string, http: Http, secrets: Secrets): BitbucketRest {
  const base = new URL(baseUrl.replace(/\/+$/, ""));
  const [form, secret, authorization] = read(credentials);
  secrets.add(secret, authorization, authorization.split(" ")[1]);
  const place = { host: base.host, base: base.href, form };
  return new BitbucketRest(
    {
      base: base.href,
      authorization,
      changeHeaders: {},
      // A delete is answered without a body.
      mayBeEmpty: (method) => method === "DELETE",
      nextPage: (body) => textOf(body["next"]) || null,
      saysAbsent,
      explain: (answer, subject) => explain(answer, subject, place),
      addressHint: "Give workspace and repository by their slugs, as in the repository's address.",
    },
    http,
  );
}

function read(credentials: CloudCredentials): readonly [CredentialForm, string, string] {
  if ("accessToken" in credentials) return ["access token", credentials.accessToken, `Bearer ${credentials.accessToken}`];
  if ("email" in credentials) return ["API token", credentials.apiToken, basic(credentials.email, credentials.apiToken)];
  return ["password", credentials.password, basic(credentials.username, credentials.password)];
}
