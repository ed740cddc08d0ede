/** The clients for posting: the credential of the review, or else the one of the provider; inside Bitbucket Pipelines also its proxy. */
import {
  BitbucketCloud,
  BitbucketDatacenter,
  BitbucketPipelines,
  PIPELINES_PROXY,
  type BuildStatuses,
  type CodeInsights,
  type PullRequestComments,
  requireAllowedHost,
  type PullRequests,
} from "../../clients";
import { remoteSettings, type Environment } from "./remote";
import type { ReviewPlace } from "./pull-request-target";

export interface BitbucketAccess {
  /** Undefined without a credential. */
  readonly client:
    | {
        readonly pullRequests: PullRequests;
        readonly pullRequestComments: PullRequestComments;
        readonly buildStatuses: BuildStatuses;
        readonly codeInsights: CodeInsights;
      }
    | undefined;
  /** Code Insights without a token. */
  readonly pipelines: CodeInsights | undefined;
}

/** @throws Problem `address-not-allowed` if the environment does not allow the address that would receive the credential */
export function bitbucketAccess(place: ReviewPlace, environment: Environment): BitbucketAccess {
  if (place.product === "datacenter") {
    const login = datacenterLogin(environment);
    const settings = remoteSettings({ caCertificate: environment["BITBUCKET_DATACENTER_CA_CERTIFICATE"], loginSource: login?.source });
    const address = place.server ?? "";
    if (login !== undefined) requireAllowedHost({ value: address, name: "The address of the pull request", at: [] }, environment);
    const client = login && new BitbucketDatacenter(login.credentials, address, settings);
    return { client, pipelines: undefined };
  }
  const login = cloudLogin(environment);
  const settings = remoteSettings({ caCertificate: environment["BITBUCKET_CA_CERTIFICATE"], loginSource: login?.source });
  const address = environment["BITBUCKET_API_URL"] || "https://api.bitbucket.org/2.0";
  if (login !== undefined) requireAllowedHost({ value: address, name: "BITBUCKET_API_URL", at: [] }, environment);
  return {
    client: login && new BitbucketCloud(login.credentials, address, settings),
    pipelines: isPipeline(environment)
      ? new BitbucketPipelines(environment["BITLIFT_PIPELINES_PROXY"] || PIPELINES_PROXY, settings).codeInsights
      : undefined,
  };
}

function isPipeline(environment: Environment): boolean {
  return (environment["BITBUCKET_PIPELINE_UUID"] ?? "") !== "" && (environment["BITBUCKET_BUILD_NUMBER"] ?? "") !== "";
}

function cloudLogin({
  BITLIFT_REVIEW_TOKEN: reviewToken,
  BITLIFT_REVIEW_EMAIL: reviewEmail,
  BITBUCKET_ACCESS_TOKEN: accessToken,
  BITBUCKET_EMAIL: email,
  BITBUCKET_API_TOKEN: apiToken,
  BITBUCKET_USERNAME: username,
  BITBUCKET_PASSWORD: password,
}: Environment) {
  if (reviewToken) {
    return reviewEmail
      ? { credentials: { email: reviewEmail, apiToken: reviewToken }, source: "BITLIFT_REVIEW_EMAIL and BITLIFT_REVIEW_TOKEN" }
      : { credentials: { accessToken: reviewToken }, source: "BITLIFT_REVIEW_TOKEN" };
  }
  if (accessToken) return { credentials: { accessToken }, source: "BITBUCKET_ACCESS_TOKEN" };
  if (email && apiToken) return { credentials: { email, apiToken }, source: "BITBUCKET_EMAIL and BITBUCKET_API_TOKEN" };
  return username && password ? { credentials: { username, password }, source: "BITBUCKET_USERNAME and BITBUCKET_PASSWORD" } : undefined;
}

function datacenterLogin({
  BITLIFT_REVIEW_TOKEN: reviewToken,
  BITBUCKET_DATACENTER_TOKEN: token,
  BITBUCKET_DATACENTER_USERNAME: username,
  BITBUCKET_DATACENTER_PASSWORD: password,
}: Environment) {
  if (reviewToken) return { credentials: { accessToken: reviewToken }, source: "BITLIFT_REVIEW_TOKEN" };
  if (token) return { credentials: { accessToken: token }, source: "BITBUCKET_DATACENTER_TOKEN" };
  return username && password
    ? { credentials: { username, password }, source: "BITBUCKET_DATACENTER_USERNAME and BITBUCKET_DATACENTER_PASSWORD" }
    : undefined;
}
