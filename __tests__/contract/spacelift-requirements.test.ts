/** The ten requirements of Spacelift's official provider on the emulated Spacelift, tested one by one. */
import { type Sandbox, startSandbox } from "../../packages/sandbox";
import { findSelectionProblems, isObject } from "./graphql-response";
import { closeConnections, parseJson, send } from "./http-client";
import { readSpaceliftRecording } from "./recordings";
import { ACCOUNT, createAccountSeed, SECRET } from "./spacelift-scenario-setup";

const recording = readSpaceliftRecording();
const LOGIN = "mutation($id:ID!$secret:String!){apiKeyUser(id: $id, secret: $secret){jwt}}";
const VENDORS = {
  ansible: "StackConfigVendorAnsible",
  cloudFormation: "StackConfigVendorCloudFormation",
  kubernetes: "StackConfigVendorKubernetes",
  opentofu: "StackConfigVendorOpenTofu",
  pulumi: "StackConfigVendorPulumi",
  terraform: "StackConfigVendorTerraform",
  terragrunt: "StackConfigVendorTerragrunt",
};
const HOSTS = { apiHost: "https://git.example", userFacingHost: "https://git.example" };

interface GraphQLResponse {
  readonly status: number;
  /** All keys of the body. */
  readonly keys: readonly string[];
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly messages: readonly string[];
}

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: { spacelift: { accounts: [createAccountSeed("stack oddities")] } } });
});
afterEach(async () => {
  closeConnections();
  await sandbox.stop();
});

async function post(url: string, query: string, variables: object | undefined, token?: string): Promise<GraphQLResponse> {
  const headers = token === undefined ? recording.headers.login : { ...recording.headers.call, authorization: `Bearer ${token}` };
  const received = await send({ method: "POST", url, headers, body: JSON.stringify({ query, variables }) });
  const body = parseJson(received);
  if (!isObject(body)) return { status: received?.status ?? 0, keys: [], data: undefined, messages: [] };
  const errors = (body["errors"] ?? []) as readonly { message: string }[];
  const data = isObject(body["data"]) ? body["data"] : undefined;
  return { status: received?.status ?? 0, keys: Object.keys(body), data, messages: errors.map(({ message }) => message) };
}

const endpoint = (): string => `${sandbox.spacelift.account(ACCOUNT)}/graphql`;

async function login(id = "STUBKEY"): Promise<string> {
  const { data } = await post(endpoint(), LOGIN, { id, secret: SECRET });
  return (data?.["apiKeyUser"] as { jwt: string }).jwt;
}

async function runQuery(query: string, variables?: object, key?: string): Promise<GraphQLResponse> {
  return post(endpoint(), query, variables, await login(key));
}

/** The shortest recorded query for this field, which selects no other field. */
function recordedQuery(root: string): string {
  const [shortest] = recording.queries
    .filter((query) => query.replace(/^\w*\([^)]*\)/, "").startsWith(`{${root}(`))
    .sort((left, right) => left.length - right.length);
  if (shortest === undefined) throw new Error(`The recording has no query for ${root}.`);
  return shortest;
}

/** The variables of the first recorded request with this query. */
function recordedVariables(root: string): Record<string, unknown> {
  const index = recording.queries.indexOf(recordedQuery(root));
  const request = recording.requests.find(({ query }) => query === index);
  return structuredClone({ ...request?.variables });
}

function stackVariables(changes: object): Record<string, unknown> {
  const variables = recordedVariables("stackCreate");
  return { ...variables, input: { ...(variables["input"] as object), vcsIntegrationId: null, ...changes } };
}

function moduleVariables(): Record<string, unknown> {
  const { input } = recordedVariables("moduleCreate");
  return { input: { ...(input as object), vcsIntegrationId: null } };
}

function requireObject(response: GraphQLResponse, root: string): Record<string, unknown> {
  expect(response).toMatchObject({ status: 200, messages: [] });
  const value = response.data?.[root];
  if (!isObject(value)) throw new Error(`${root} is ${JSON.stringify(value)}`);
  return value;
}

const REQUIREMENTS: readonly (readonly [number: number, requirement: string, check: () => Promise<void>])[] = [
  [
    1,
    "accepts empty parentheses",
    async () => {
      for (const root of ["spaces", "vcsAgentPools"]) {
        const query = recordedQuery(root);
        expect(query).toContain(`${root}()`);
        const response = await runQuery(query);
        expect(response).toMatchObject({ status: 200, messages: [] });
        expect(response.data?.[root]).toBeInstanceOf(Array);
      }
    },
  ],
  [
    2,
    "returns exactly the selected keys, and only data",
    async () => {
      const { keys, data } = await runQuery("{spaces{id}}");
      expect(keys).toEqual(["data"]);
      expect(data).toEqual({ spaces: [{ id: "root" }, { id: "team-a" }] });
      const stack = await runQuery(recordedQuery("stackCreate"), stackVariables({}));
      expect(findSelectionProblems(recordedQuery("stackCreate"), stack.data, "present")).toEqual([]);
    },
  ],
  [
    3,
    "always responds with status 200, also to rejected requests",
    async () => {
      const token = await login();
      const rejected = [
        await post(endpoint(), "{spaces{", undefined, token),
        await post(endpoint(), "{noSuchField}", undefined, token),
        await post(endpoint(), "{spaces{id}}", undefined, "no.such.token"),
        await post(endpoint(), "{spaces{id}}", undefined),
        await runQuery(recordedQuery("spaceCreate"), recordedVariables("spaceCreate"), "READER"),
        await post(endpoint(), recordedQuery("stackCreate"), stackVariables({ vcsIntegrationId: "gone" }), token),
      ];
      expect(rejected.map(({ status, messages }) => [status, messages.length])).toEqual(rejected.map(() => [200, 1]));
      expect(await post(endpoint(), LOGIN, { id: "STUBKEY", secret: "wrong" })).toMatchObject({ status: 200, data: { apiKeyUser: null } });
    },
  ],
  [
    4,
    "issues tokens whose only audience is the base URL of the account",
    async () => {
      const [, claims] = (await login()).split(".");
      const { aud } = JSON.parse(Buffer.from(claims ?? "", "base64url").toString("utf8")) as { aud: string[] };
      expect(aud).toEqual([sandbox.spacelift.account(ACCOUNT)]);
      expect(aud[0]).not.toMatch(/\/$|\/graphql/);
      expect(await post(`${aud[0] ?? ""}/graphql`, "{spaces{id}}", undefined, await login())).toMatchObject({ status: 200, messages: [] });
    },
  ],
  [
    5,
    "keeps the first token of a key valid after issuing a second one",
    async () => {
      const tokens = [await login(), await login()];
      for (const token of tokens) {
        expect(await post(endpoint(), "{spaces{id}}", undefined, token)).toMatchObject({ status: 200, messages: [] });
      }
    },
  ],
  [
    6,
    "accepts every recorded operation as declared, also without optional variables",
    async () => {
      // The only expected errors are missing variables, which are found after all checks of the query.
      for (const query of recording.queries) {
        const problems = (await runQuery(query, {})).messages.filter((message) => !/^Variable "\$\w+" of required type/.test(message));
        expect([query, problems]).toEqual([query, []]);
      }
      const integration = requireObject(
        await runQuery(recordedQuery("bitbucketDatacenterIntegrationCreate"), { ...HOSTS, accessToken: "t" }),
        "bitbucketDatacenterIntegrationCreate",
      );
      expect(integration).toMatchObject({ isDefault: true, username: null });
      requireObject(await runQuery(recordedQuery("bitbucketDatacenterIntegrationUpdate"), HOSTS), "bitbucketDatacenterIntegrationUpdate");
      const { input } = stackVariables({ name: "Bare" });
      requireObject(await runQuery(recordedQuery("stackCreate"), { input, manageState: true }), "stackCreate");
      requireObject(await runQuery(recordedQuery("vcsAgentPoolCreate"), { name: "pool" }), "vcsAgentPoolCreate");
    },
  ],
  [
    7,
    "allows fields with the same name in the settings of all vendors",
    async () => {
      for (const [vendor, typeName] of Object.entries(VENDORS)) {
        const none = Object.fromEntries(Object.keys(VENDORS).map((name) => [name, null]));
        const vendorConfig = { ...none, [vendor]: {} };
        const stack = requireObject(
          await runQuery(recordedQuery("stackCreate"), stackVariables({ name: vendor, vendorConfig })),
          "stackCreate",
        );
        const read = await runQuery(recordedQuery("stack"), { id: stack["id"] });
        expect(read.data?.["stack"]).toMatchObject({ vendorConfig: { __typename: typeName } });
        expect(findSelectionProblems(recordedQuery("stack"), read.data, "present")).toEqual([]);
      }
    },
  ],
  [
    8,
    "never returns a stack without integrations, or null for a created module",
    async () => {
      const stack = requireObject(await runQuery(recordedQuery("stackCreate"), stackVariables({})), "stackCreate");
      const id = { id: stack["id"] };
      const inputs = { ...id, input: stackVariables({})["input"] };
      const search = { input: { first: 50, after: null, predicates: null } };
      const page = requireObject(await runQuery(recordedQuery("searchStacks"), search), "searchStacks");
      const stacks = [
        stack,
        requireObject(await runQuery(recordedQuery("stack"), id), "stack"),
        requireObject(await runQuery(recordedQuery("stackUpdate"), inputs), "stackUpdate"),
        ...(page["edges"] as { node: Record<string, unknown> }[]).map(({ node }) => node),
        requireObject(await runQuery(recordedQuery("stackDelete"), id), "stackDelete"),
      ];
      expect(stacks).toHaveLength(5);
      for (const { integrations } of stacks) expect(integrations).toEqual(expect.objectContaining({ webhooks: [] }));
      requireObject(await runQuery(recordedQuery("moduleCreate"), moduleVariables()), "moduleCreate");
    },
  ],
  [
    9,
    "returns ids and enums as strings, and booleans as booleans",
    async () => {
      const stack = requireObject(await runQuery(recordedQuery("stackCreate"), stackVariables({})), "stackCreate");
      const module = requireObject(await runQuery(recordedQuery("moduleCreate"), moduleVariables()), "moduleCreate");
      await runQuery(recordedQuery("vcsAgentPoolCreate"), { name: "pool" });
      const reads: readonly (readonly [string, GraphQLResponse])[] = [
        [recordedQuery("stack"), await runQuery(recordedQuery("stack"), { id: stack["id"] })],
        [recordedQuery("module"), await runQuery(recordedQuery("module"), { id: module["id"] })],
        [recordedQuery("spaces"), await runQuery(recordedQuery("spaces"))],
        [recordedQuery("vcsAgentPools"), await runQuery(recordedQuery("vcsAgentPools"))],
        [recordedQuery("bitbucketCloudIntegration"), await runQuery(recordedQuery("bitbucketCloudIntegration"), { id: "" })],
        [recordedQuery("bitbucketDatacenterIntegration"), await runQuery(recordedQuery("bitbucketDatacenterIntegration"), { id: "d" })],
      ];
      for (const [query, { data }] of reads) expect(findSelectionProblems(query, data, "present")).toEqual([]);
      expect(reads[4]?.[1].data?.["bitbucketCloudIntegration"]).toMatchObject({ id: "c", isDefault: true, vcsChecks: "INDIVIDUAL" });
      expect(stack).toMatchObject({ provider: "BITBUCKET_CLOUD", autodeploy: false, githubActionDeploy: true });
    },
  ],
  [
    10,
    "returns what was written in the read that follows immediately",
    async () => {
      const token = await login();
      const run = (query: string, variables: object): Promise<GraphQLResponse> => post(endpoint(), query, variables, token);
      const writes: readonly (readonly [write: string, read: string, variables: object])[] = [
        ["spaceCreate", "space", recordedVariables("spaceCreate")],
        ["stackCreate", "stack", stackVariables({})],
        ["moduleCreate", "module", moduleVariables()],
        ["spaceUpdate", "space", { input: { ...(recordedVariables("spaceUpdate")["input"] as object), name: "Renamed" }, space: "team-a" }],
        ["stackUpdate", "stack", { id: "payments-prod", input: stackVariables({ description: "changed" })["input"] }],
        ["moduleUpdateV2", "module", { ...recordedVariables("moduleUpdateV2"), id: "terraform-aws-vpc" }],
      ];
      for (const [write, read, variables] of writes) {
        const written = requireObject(await run(recordedQuery(write), variables), write);
        expect(requireObject(await run(recordedQuery(read), { id: written["id"] }), read)).toEqual(written);
      }
    },
  ],
];

it.each(REQUIREMENTS)("%i: %s", async (_number, _requirement, check) => {
  await check();
});

it("covers all ten requirements", () => {
  expect(REQUIREMENTS.map(([number]) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
