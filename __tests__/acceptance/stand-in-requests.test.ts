/** What the stand-ins send has the shape of what the published providers were recorded sending: texts, keys and their order, headers, sequence. */
import { readBitbucketRecording, readBitbucketServerRecording, readSpaceliftRecording, type RestRecording } from "../contract/recordings";
import { Harness, type EngineRun, type LoggedRequest, type Service } from "../../tools/harness";
import { errors } from "./diagnostics";
import {
  createDefaultCloudIntegration,
  HOOK,
  INTEGRATION,
  MODULE,
  configurationOfEveryType,
  SPACE,
  STACK,
  WEBHOOK,
} from "./published-resources";

type Headers = Readonly<Record<string, string>>;

jest.setTimeout(240_000);

let harness: Harness;

beforeAll(async () => {
  harness = await Harness.start({ standIns: true });
  await createDefaultCloudIntegration(harness.remote, harness.sandbox.environment["SPACELIFT_BITBUCKET_TOKEN"]);
});
afterAll(() => harness.stop());

/** The keys of a value in their order. */
function keysOf(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "_";
  return `{${Object.entries(value)
    .map(([key, part]) => `${key}:${keysOf(part)}`)
    .join()}}`;
}

/** Without what depends on the login, the address and the length of the body. */
function headersOf(headers: Headers): string {
  const ignored = ["host", "authorization", "content-length", "connection"];
  const kept = Object.entries(headers).filter(([name]) => !ignored.includes(name));
  return kept
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
    .join("; ");
}

const label = (headers: Headers): string => headers["spacelift-graphql-query"] ?? headers["spacelift-graphql-mutation"] ?? "login";

function graphqlShape(query: string | undefined, variables: unknown, headers: Headers): string {
  return [headersOf(headers), query ?? "", keysOf(variables)].join(" | ");
}

function restShape(
  { method, path, body }: { readonly method: string; readonly path: string; readonly body?: unknown },
  headers: Headers,
): string {
  const pattern = path
    .replace(/^.*(\/rest\/|\/2\.0\/)/, "$1")
    .replace(/(repositories|projects)\/[^/]+/, "$1/_")
    .replace(/(_|repos)\/[^/]+\/(web)?hooks/, "$1/_/$2hooks")
    .replace(/hooks\/.+$/, "hooks/_");
  return [method, pattern, headersOf(headers), keysOf(body)].join(" | ");
}

function recordedGraphqlShapes(): ReadonlySet<string> {
  const { headers, queries, requests, exchanges } = readSpaceliftRecording();
  const shapes = exchanges.map(({ request, headers: own }) => {
    const { query = 0, variables } = requests[request] ?? {};
    const common = own === undefined ? headers.login : headers.call;
    return graphqlShape(queries[query], variables, { ...common, ...own });
  });
  return new Set(shapes);
}

function recordedRestShapes({ headers, requests, exchanges }: RestRecording): ReadonlySet<string> {
  const shapes = exchanges.flatMap(({ request, headers: index }) => {
    const sent = requests[request];
    return sent === undefined ? [] : [restShape(sent, headers[index] ?? {})];
  });
  return new Set(shapes);
}

/** The requests of one command, without those that the test itself sends. */
async function requestsOf(service: Service, run: () => Promise<EngineRun>): Promise<readonly LoggedRequest[]> {
  await harness.remote.clearRequests(["spacelift", "bitbucket-cloud", "bitbucket-datacenter"]);
  expect(errors(await run())).toEqual([]);
  return harness.remote.requests(service);
}

const sequence = (requests: readonly LoggedRequest[], pattern: RegExp) =>
  requests.map(({ headers = {} }) => label(headers)).filter((name) => pattern.test(name));

it("the life of every resource sends only recorded shapes", async () => {
  const { folder, remote } = harness;
  await remote.clearRequests(["spacelift", "bitbucket-cloud", "bitbucket-datacenter"]);
  const changed = {
    space: { description: "text", labels: ["a"] },
    integration: { description: "text", labels: ["a"], use_git_checkout: true },
    hook: { description: "Renamed" },
    webhook: { events: ["pr:opened"] },
    stack: { description: "text", after_plan: ["echo 1"] },
    module: { description: "text", space_shares: ["root"] },
  };
  await folder.write(configurationOfEveryType());
  expect(errors(await folder.apply())).toEqual([]);
  await folder.write(configurationOfEveryType(changed));
  expect(errors(await folder.apply())).toEqual([]);
  for (const address of [SPACE, INTEGRATION, STACK, MODULE, WEBHOOK]) {
    const id = String((await folder.state(address))?.["id"]);
    await folder.run(["state", "rm", address]);
    expect((await folder.run(["import", "-input=false", address, id])).code).toBe(0);
  }
  expect(await folder.state(HOOK)).toBeDefined();
  expect(errors(await folder.destroy())).toEqual([]);

  const graphql = recordedGraphqlShapes();
  const sent = (await remote.requests("spacelift")).filter(({ path = "" }) => path.endsWith("/graphql"));
  expect(new Set(sent.map(({ headers = {} }) => label(headers))).size).toBeGreaterThan(15);
  const unknownQueries = sent
    .map(({ body, headers = {} }) => graphqlShape(body?.query, body?.variables, headers))
    .filter((shape) => !graphql.has(shape));
  expect([...new Set(unknownQueries)]).toEqual([]);
  for (const [service, recording] of [
    ["bitbucket-cloud", readBitbucketRecording()],
    ["bitbucket-datacenter", readBitbucketServerRecording()],
  ] as const) {
    const known = recordedRestShapes(recording);
    const calls = (await remote.requests(service)).filter(({ path = "" }) => !path.startsWith("/_sandbox"));
    expect(calls.length).toBeGreaterThan(5);
    const shapes = calls.map((call) => restShape({ method: "", path: "", ...call }, call.headers ?? {}));
    expect([...new Set(shapes)].filter((shape) => !known.has(shape))).toEqual([]);
  }
});

it("each operation sends its requests in the recorded sequence, and each process logs in twice", async () => {
  const { folder } = harness;
  await folder.write(configurationOfEveryType());
  const created = await requestsOf("spacelift", () => folder.apply());
  expect(sequence(created, /Space/)).toEqual(["CreateSpace", "SpaceRead"]);
  expect(sequence(created, /Bitbucket/)).toEqual(["BitbucketDatacenterIntegrationCreate"]);
  expect(sequence(created, /Stack/)).toEqual(["StackCreate", "StackRead"]);
  expect(sequence(created, /Module/)).toEqual(["ModuleCreate", "ModuleRead"]);
  // One process plans, and another one applies.
  expect(sequence(created, /login/)).toHaveLength(4);

  await folder.write(configurationOfEveryType({ hook: { description: "Renamed" }, webhook: { events: ["pr:opened"] } }));
  const updated = await requestsOf("bitbucket-cloud", () => folder.apply());
  expect(updated.map(({ method }) => method)).toEqual(["GET", "PUT", "GET"]);
  const [, put] = updated;
  expect((put?.body as { events?: unknown }).events).toEqual(["repo:push", "pullrequest:updated", "pullrequest:created"]);

  await folder.write(configurationOfEveryType({ hook: { description: "Renamed" }, webhook: { events: ["repo:refs_changed"] } }));
  const changed = await requestsOf("bitbucket-datacenter", () => folder.apply());
  expect(changed.map(({ method }) => method)).toEqual(["GET", "PUT", "GET"]);

  const deleted = await requestsOf("spacelift", () => folder.destroy());
  expect(sequence(deleted, /Delete/).sort()).toEqual([
    "BitbucketDatacenterIntegrationDelete",
    "DeleteSpace",
    "ModuleDelete",
    "StackDelete",
  ]);
});
