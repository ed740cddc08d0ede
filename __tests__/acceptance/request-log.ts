/** Reads the sandbox's request logs for the scenarios. */
import type { LoggedRequest, Product, SandboxClient } from "../../tools/harness";

const isMutation = ({ body }: LoggedRequest) => /^\s*mutation/.test(body?.query ?? "");
const isLogin = ({ body }: LoggedRequest) => (body?.query ?? "").includes("apiKeyUser");

/** Counts the GraphQL mutations, without logins, and the REST requests that are not a GET. */
export async function countWrites(remote: SandboxClient, product: Product): Promise<number> {
  const spacelift = await remote.requests("spacelift");
  const bitbucket = await remote.requests(product.service);
  const isWrite = ({ method, path = "" }: LoggedRequest) => method !== "GET" && !path.startsWith("/_sandbox");
  return spacelift.filter((request) => isMutation(request) && !isLogin(request)).length + bitbucket.filter(isWrite).length;
}

/** Bodies of the mutations that change integrations, oldest first. */
export async function integrationMutations(remote: SandboxClient, product: Product): Promise<readonly string[]> {
  const requests = await remote.requests("spacelift");
  return requests
    .filter((request) => isMutation(request) && (request.body?.query ?? "").includes(product.query))
    .map(({ body }) => JSON.stringify(body));
}
