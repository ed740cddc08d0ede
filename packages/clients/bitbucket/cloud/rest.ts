/** The REST dialect of Bitbucket Cloud: login, addresses, pages by `next`. */
import { PRODUCT_TITLES } from "../../../domain";
import type { Http } from "../../http/http";
import { asText } from "../../http/json";
import type { Secrets } from "../../http/secrets";
import type { ConnectionInfo } from "../error-rules";
import { createLogin, type LoginCredentials } from "../login";
import { BitbucketRest, type RestDialect } from "../rest";
import { isGone } from "./error-body";
import { errorResponseProblem } from "./problems";

export type CloudCredentials = LoginCredentials;

/** @param baseUrl with `/2.0` */
export function cloudRest(
  credentials: CloudCredentials,
  baseUrl: string,
  http: Http,
  secrets: Secrets,
  loginSource?: string,
): BitbucketRest {
  const base = new URL(baseUrl.replace(/\/+$/, ""));
  const login = createLogin(credentials);
  secrets.add(...login.secrets);
  const connection = { login: login.method, user: login.user, loginSource };
  return restAt(base, connection, { authorization: login.authorization }, http);
}

/** The API behind a proxy on this machine that logs in. It accepts plain HTTP only. */
export function forwardedRest(forwarder: URL, http: Http): BitbucketRest {
  const connection = { login: "Pipelines proxy", user: null, loginSource: undefined } as const;
  return restAt(new URL("http://api.bitbucket.org/2.0"), connection, { authorization: undefined, forwarder }, http);
}

function restAt(
  base: URL,
  login: Pick<ConnectionInfo, "login" | "user" | "loginSource">,
  access: Pick<RestDialect, "authorization" | "forwarder">,
  http: Http,
): BitbucketRest {
  const connection = { product: PRODUCT_TITLES.cloud, host: base.host, address: base.href, ...login };
  return new BitbucketRest(
    {
      base: base.href,
      ...access,
      changeHeaders: {},
      // The response to a DELETE has no body.
      mayBeEmpty: (method) => method === "DELETE",
      nextPage: (body) => asText(body["next"]) || null,
      isGone,
      problemOf: (response, subject, sent) => errorResponseProblem(response, subject, connection, sent),
      addressHint: "Use the slugs of workspace and repository, as in the repository's address.",
    },
    http,
  );
}
