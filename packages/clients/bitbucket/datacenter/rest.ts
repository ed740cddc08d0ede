/** Bitbucket Data Center's dialect of REST: login, addresses, pages by `nextPageStart`. */
import { basic, BitbucketRest } from "../rest";
import type { Http } from "../../http/http";
import { booleanOf } from "../../http/json";
import type { Secrets } from "../../http/secrets";
import { missingIn } from "./error-body";
import { explain, type CredentialForm } from "./explain";

/** An HTTP access token (of a user, a project or a repository), or a login. */
export type DatacenterCredentials = { readonly accessToken: string } | { readonly username: string; readonly password: string };

/** No address. */
const NOWHERE = "";

/** @param url of the server, with its context path and without `/rest` */
export function datacenterRest(credentials: DatacenterCredentials, url: string, http: Http, secrets: Secrets): BitbucketRest {
  const server = url.replace(/\/+$/, "");
  const [form, secret, authorization] = read(credentials);
  secrets.add(secret, authorization, authorization.split(" ")[1]);
  const { host } = new URL(server);
  return new BitbucketRest(
    {
      // `latest` is the same; a number says what was read when this was written.
      base: `${server}/rest/api/1.0`,
      authorization,
      // The server's guard against requests that other sites make browsers send.
      changeHeaders: { "x-atlassian-token": "no-check" },
      // Some releases answer a change with its result, some with nothing.
      mayBeEmpty: (method) => method !== "GET",
      nextPage(body, page) {
        const next = body["nextPageStart"];
        const last = booleanOf(body["isLastPage"]);
        // More to come, and no word of where: a list that would be cut short without anybody noticing.
        if (typeof next !== "number") return last === false ? NOWHERE : null;
        if (last === true) return null;
        const following = new URL(page);
        // A start that does not grow never ends: the same address again says so.
        if (next > Number(page.searchParams.get("start") ?? 0)) following.searchParams.set("start", String(next));
        return following.href;
      },
      saysAbsent: (answer) => missingIn(answer) !== undefined,
      explain: (answer, subject) => explain(answer, subject, { host, url: server, form }),
      addressHint: "Give project key and repository slug as in the repository's address.",
    },
    http,
  );
}

function read(credentials: DatacenterCredentials): readonly [CredentialForm, string, string] {
  if ("accessToken" in credentials) return ["access token", credentials.accessToken, `Bearer ${credentials.accessToken}`];
  return ["password", credentials.password, basic(credentials.username, credentials.password)];
}
