/** The REST dialect of Bitbucket Data Center: login, addresses, pages by `nextPageStart`. */
import { PRODUCT_TITLES } from "../../../domain";
import type { Http } from "../../http/http";
import { asBoolean, type JsonObject } from "../../http/json";
import type { Secrets } from "../../http/secrets";
import { createLogin, type LoginCredentials } from "../login";
import { BitbucketRest } from "../rest";
import { goneObject } from "./error-body";
import { errorResponseProblem } from "./problems";

/** An HTTP access token (of a user, a project, or a repository), or a username and password. */
export type DatacenterCredentials = Exclude<LoginCredentials, { readonly apiToken: string }>;

const NO_ADDRESS = "";

/** Servers reduce it to their own limit. */
export const MAX_PAGE = { limit: "1000" };

/**
 * @param url of the server, with its context path and without `/rest`
 * @param api Below `/rest`. By default the one for everything but Code Insights; `latest` is the same today, but the number states which version this
 * code was written for.
 */
export function datacenterRest(
  credentials: DatacenterCredentials,
  url: string,
  http: Http,
  secrets: Secrets,
  loginSource?: string,
  api = "api/1.0",
): BitbucketRest {
  const address = url.replace(/\/+$/, "");
  const login = createLogin(credentials);
  secrets.add(...login.secrets);
  const connection = {
    product: PRODUCT_TITLES.datacenter,
    host: new URL(address).host,
    address,
    login: login.method,
    user: login.user,
    loginSource,
  };
  return new BitbucketRest(
    {
      base: `${address}/rest/${api}`,
      authorization: login.authorization,
      // Without it, the server rejects changes as cross-site request forgery (XSRF).
      changeHeaders: { "x-atlassian-token": "no-check" },
      // Some releases respond to a change with its result, some with an empty body.
      mayBeEmpty: (method) => method !== "GET",
      nextPage,
      isGone: (response) => goneObject(response) !== undefined,
      problemOf: (response, subject, sent) => errorResponseProblem(response, subject, connection, sent),
      addressHint: "Use project key and repository slug, as in the repository's address.",
    },
    http,
  );
}

function nextPage(body: JsonObject, page: URL): string | null {
  const start = body["nextPageStart"];
  const isLast = asBoolean(body["isLastPage"]);
  // More pages exist, but the server does not say where. An invalid address raises a problem, instead of a list that is silently incomplete.
  if (typeof start !== "number") return isLast === false ? NO_ADDRESS : null;
  if (isLast === true) return null;
  const next = new URL(page);
  // If the start does not increase, the pages never end. BitbucketRest reports a next page with the same address.
  if (start > Number(page.searchParams.get("start") ?? 0)) next.searchParams.set("start", `${start}`);
  return next.href;
}
