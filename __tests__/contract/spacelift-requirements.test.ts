/** The ten things without which Spacelift's own provider fails, each by itself. */
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { readSpaceliftRecording } from "./recordings";
import { isObject, selectionComplaints } from "./graphql-response";
import { ACCOUNT, accountAtTheStart, SECRET } from "./spacelift-scenario-setup";
import { closeConnections, jsonOf, send } from "./http-client";

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

interface Answer {
  readonly status: number;
  /** Every key of the body. */
  readonly keys: readonly string[];
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly messages: readonly string[];
}

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: { spacelift: { accounts: [accountAtTheStart("stack oddities")] } } });
});
afterEach(async () => {
  closeConnections();
  await sandbox.stop();
});

async function post(url: string, query: string, variables: object | undefined, token?: string): Promise<Answer> {
  const headers = token === undefined ? recording.headers.login : { ...recording.headers.call, authorization: `Bearer ${token}` };
  const received = await send({ method: "POST", url, headers, body: JSON.stringify({ query, variables }) });
  const body = jsonOf(received);
  if (!isObject(body)) return { status: received?.status ?? 0, keys: [], data: undefined, messages: [] };
  const errors = (body["errors"] ?? []) as readonly { message: string }[];
  const data = isObject(body["data"]) ? body["data"] : undefined;
  return { status: received?.status ?? 0, keys: Object.keys(body), data, messages: errors.map(({ message }) => message) };
}

const address = (): string => `${sandbox.spacelift.account(ACCOUNT)}/graphql`;

async function login(id = "STUBKEY"): Promise<string> {
  const { data } = await post(address(), LOGIN, { id, secret: SECRET });
  return (data?.["apiKeyUser"] as { jwt: string }).jwt;
}

async function ask(query: string, variables?: object, key?: string): Promise<Answer> {
  return post(address(), query, variables, await login(key));
}

/** The recorded text that asks for this field; the shortest, which asks for nothing else. */
function recorded(root: string): string {
  const [found] = recording.queries
    .filter((query) => query.replace(/^\w*\([^)]*\)/, "").startsWith(`{${root}(`))
    .sort((one, other) => one.length - other.length);
  if (found === undefined) throw new Error(`The recording has no ${root}.`);
  return found;
}

/** Variables of the recording's first request with this text. */
function sentWith(root: string): Record<string, unknown> {
  const index = recording.queries.indexOf(recorded(root));
  const found = recording.requests.find(({ query }) => query === index);
  return structuredClone({ ...found?.variables });
}

function stackVariables(changes: object): Record<string, unknown> {
  const variables = sentWith("stackCreate");
  return { ...variables, input: { ...(variables["input"] as object), vcsIntegrationId: null, ...changes } };
}

function moduleVariables(): Record<string, unknown> {
  const { input } = sentWith("moduleCreate");
  return { input: { ...(input as object), vcsIntegrationId: null } };
}

function created(answer: Answer, root: string): Record<string, unknown> {
  expect(answer).toMatchObject({ status: 200, messages: [] });
  const value = answer.data?.[root];
  if (!isObject(value)) throw new Error(`${root} answered ${JSON.stringify(value)}`);
  return value;
}

const MUSTS: readonly (readonly [number: number, must: string, check: () => Promise<void>])[] = [
  [
    1,
    "accepts empty parentheses",
    async () => {
      for (const root of ["spaces", "vcsAgentPools"]) {
        const query = recorded(root);
        expect(query).toContain(`${root}()`);
        const answer = await ask(query);
        expect(answer).toMatchObject({ status: 200, messages: [] });
        expect(answer.data?.[root]).toBeInstanceOf(Array);
      }
    },
  ],
  [
    2,
    "answers exactly the selected keys, and nothing beside data",
    async () => {
      const { keys, data } = await ask("{spaces{id}}");
      expect(keys).toEqual(["data"]);
      expect(data).toEqual({ spaces: [{ id: "root" }, { id: "team-a" }] });
      const stack = await ask(recorded("stackCreate"), stackVariables({}));
      expect(selectionComplaints(recorded("stackCreate"), stack.data, "present")).toEqual([]);
    },
  ],
  [
    3,
    "answers with status 200 exactly, refusals included",
    async () => {
      const token = await login();
      const refused = [
        await post(address(), "{spaces{", undefined, token),
        await post(address(), "{noSuchField}", undefined, token),
        await post(address(), "{spaces{id}}", undefined, "no.such.token"),
        await post(address(), "{spaces{id}}", undefined),
        await ask(recorded("spaceCreate"), sentWith("spaceCreate"), "READER"),
        await post(address(), recorded("stackCreate"), stackVariables({ vcsIntegrationId: "gone" }), token),
      ];
      expect(refused.map(({ status, messages }) => [status, messages.length])).toEqual(refused.map(() => [200, 1]));
      expect(await post(address(), LOGIN, { id: "STUBKEY", secret: "wrong" })).toMatchObject({ status: 200, data: { apiKeyUser: null } });
    },
  ],
  [
    4,
    "gives tokens whose only audience is the account's own base URL",
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
    "keeps the first token of a key when it gives a second",
    async () => {
      const tokens = [await login(), await login()];
      for (const token of tokens) {
        expect(await post(address(), "{spaces{id}}", undefined, token)).toMatchObject({ status: 200, messages: [] });
      }
    },
  ],
  [
    6,
    "takes every recorded operation as declared, and leaves out what the provider may leave out",
    async () => {
      // Only a variable that is missing may be complained about: that is found after all checks of the text.
      for (const query of recording.queries) {
        const complaints = (await ask(query, {})).messages.filter((message) => !/^Variable "\$\w+" of required type/.test(message));
        expect([query, complaints]).toEqual([query, []]);
      }
      const integration = created(
        await ask(recorded("bitbucketDatacenterIntegrationCreate"), { ...HOSTS, accessToken: "t" }),
        "bitbucketDatacenterIntegrationCreate",
      );
      expect(integration).toMatchObject({ isDefault: true, username: null });
      created(await ask(recorded("bitbucketDatacenterIntegrationUpdate"), HOSTS), "bitbucketDatacenterIntegrationUpdate");
      const { input } = stackVariables({ name: "Bare" });
      created(await ask(recorded("stackCreate"), { input, manageState: true }), "stackCreate");
      created(await ask(recorded("vcsAgentPoolCreate"), { name: "pool" }), "vcsAgentPoolCreate");
    },
  ],
  [
    7,
    "lets fields of one name stand side by side in all vendors' settings",
    async () => {
      for (const [vendor, typeName] of Object.entries(VENDORS)) {
        const none = Object.fromEntries(Object.keys(VENDORS).map((name) => [name, null]));
        const vendorConfig = { ...none, [vendor]: {} };
        const stack = created(await ask(recorded("stackCreate"), stackVariables({ name: vendor, vendorConfig })), "stackCreate");
        const read = await ask(recorded("stack"), { id: stack["id"] });
        expect(read.data?.["stack"]).toMatchObject({ vendorConfig: { __typename: typeName } });
        expect(selectionComplaints(recorded("stack"), read.data, "present")).toEqual([]);
      }
    },
  ],
  [
    8,
    "never answers a stack without integrations, or a created module with null",
    async () => {
      const stack = created(await ask(recorded("stackCreate"), stackVariables({})), "stackCreate");
      const id = { id: stack["id"] };
      const inputs = { ...id, input: stackVariables({})["input"] };
      const search = { input: { first: 50, after: null, predicates: null } };
      const page = created(await ask(recorded("searchStacks"), search), "searchStacks");
      const stacks = [
        stack,
        created(await ask(recorded("stack"), id), "stack"),
        created(await ask(recorded("stackUpdate"), inputs), "stackUpdate"),
        ...(page["edges"] as { node: Record<string, unknown> }[]).map(({ node }) => node),
        created(await ask(recorded("stackDelete"), id), "stackDelete"),
      ];
      expect(stacks).toHaveLength(5);
      for (const one of stacks) expect(one["integrations"]).toEqual(expect.objectContaining({ webhooks: [] }));
      created(await ask(recorded("moduleCreate"), moduleVariables()), "moduleCreate");
    },
  ],
  [
    9,
    "writes ids and enums as strings and booleans as booleans",
    async () => {
      const stack = created(await ask(recorded("stackCreate"), stackVariables({})), "stackCreate");
      const module = created(await ask(recorded("moduleCreate"), moduleVariables()), "moduleCreate");
      await ask(recorded("vcsAgentPoolCreate"), { name: "pool" });
      const reads: readonly (readonly [string, Answer])[] = [
        [recorded("stack"), await ask(recorded("stack"), { id: stack["id"] })],
        [recorded("module"), await ask(recorded("module"), { id: module["id"] })],
        [recorded("spaces"), await ask(recorded("spaces"))],
        [recorded("vcsAgentPools"), await ask(recorded("vcsAgentPools"))],
        [recorded("bitbucketCloudIntegration"), await ask(recorded("bitbucketCloudIntegration"), { id: "" })],
        [recorded("bitbucketDatacenterIntegration"), await ask(recorded("bitbucketDatacenterIntegration"), { id: "d" })],
      ];
      for (const [query, { data }] of reads) expect(selectionComplaints(query, data, "present")).toEqual([]);
      expect(reads[4]?.[1].data?.["bitbucketCloudIntegration"]).toMatchObject({ id: "c", isDefault: true, vcsChecks: "INDIVIDUAL" });
      expect(stack).toMatchObject({ provider: "BITBUCKET_CLOUD", autodeploy: false, githubActionDeploy: true });
    },
  ],
  [
    10,
    "shows what was written in the read that follows at once",
    async () => {
      const token = await login();
      const at = (query: string, variables: object): Promise<Answer> => post(address(), query, variables, token);
      const writes: readonly (readonly [write: string, read: string, variables: object])[] = [
        ["spaceCreate", "space", sentWith("spaceCreate")],
        ["stackCreate", "stack", stackVariables({})],
        ["moduleCreate", "module", moduleVariables()],
        ["spaceUpdate", "space", { input: { ...(sentWith("spaceUpdate")["input"] as object), name: "Renamed" }, space: "team-a" }],
        ["stackUpdate", "stack", { id: "payments-prod", input: stackVariables({ description: "changed" })["input"] }],
        ["moduleUpdateV2", "module", { ...sentWith("moduleUpdateV2"), id: "terraform-aws-vpc" }],
      ];
      for (const [write, read, variables] of writes) {
        const written = created(await at(recorded(write), variables), write);
        expect(created(await at(recorded(read), { id: written["id"] }), read)).toEqual(written);
      }
    },
  ],
];

it.each(MUSTS)("%i: %s", async (_number, _must, check) => {
  await check();
});

it("has a row for each of the ten", () => {
  expect(MUSTS.map(([number]) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
