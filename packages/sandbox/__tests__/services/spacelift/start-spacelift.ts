/** Starts an emulated Spacelift for one test, and sends it requests over HTTP. */
import { createHmac } from "node:crypto";
import { createClock } from "../../../core/clock";
import { listen, type Listening } from "../../../core/listen";
import { createSpacelift, type Spacelift, type SpaceliftOptions, type SpaceliftSeed } from "../../../services/spacelift";

export const SEED: SpaceliftSeed = {
  accounts: [
    {
      name: "acme",
      keys: [
        { id: "ROOT", secret: "root-secret", admin: true },
        { id: "READER", secret: "reader-secret", roles: { root: "reader" } },
        { id: "TEAM", name: "team key", secret: "team-secret", roles: { team: "admin" } },
        { id: "WRITER", secret: "writer-secret", roles: { team: "writer" } },
        { id: "CHILD", secret: "child-secret", roles: { child: "reader" } },
        { id: "NO_ROLES", secret: "no-roles-secret", roles: {} },
      ],
      tokens: [{ id: "run", roles: { root: "admin" }, subject: "infra/01RUN" }],
      spaces: [
        { id: "team", name: "Team" },
        { id: "child", name: "Child", parentSpace: "team", inheritEntities: true },
        { id: "island", name: "Island", parentSpace: "team" },
      ],
    },
    { name: "globex", keys: [{ id: "ROOT", secret: "other-secret", admin: true }] },
  ],
};

export interface GraphqlResponse {
  readonly status: number;
  readonly data: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests
  readonly errors: readonly { message: string; path?: readonly unknown[] }[];
  readonly body: string;
}

export interface RunningSpacelift {
  readonly origin: string;
  readonly listening: Listening;
  readonly spacelift: Spacelift;
  /** Sends the request with the key of this id; null: without a token. */
  request(query: string, variables?: Record<string, unknown>, as?: string | null): Promise<GraphqlResponse>;
  /** Sends the request with the given token. */
  requestWithToken(token: string, query: string, account?: string): Promise<GraphqlResponse>;
  login(key?: string, account?: string): Promise<string>;
  get(path: string): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests
  post(path: string, body: unknown): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests
  stop(): Promise<void>;
}

export async function startSpacelift(options: Partial<SpaceliftOptions> = {}): Promise<RunningSpacelift> {
  const clock = createClock();
  const started: Listening[] = [];
  const origin = (): string => started[0]?.origin ?? "";
  const spacelift = createSpacelift({ clock, origin, webhooksOrigin: origin, seed: SEED, ...options });
  const listening = await listen(spacelift, { clock });
  started.push(listening);
  const { accounts } = options.seed ?? SEED;
  const send = async (account: string, body: unknown, token?: string): Promise<GraphqlResponse> => {
    const response = await fetch(`${origin()}/${account}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const parsed = JSON.parse(text) as { data?: unknown; errors?: GraphqlResponse["errors"] };
    return { status: response.status, data: parsed.data, errors: parsed.errors ?? [], body: text };
  };
  const login = async (key = "ROOT", account = "acme"): Promise<string> => {
    const secret = accounts.find(({ name }) => name === account)?.keys.find(({ id }) => id === key)?.secret;
    const query = "mutation($id:ID!$secret:String!){apiKeyUser(id: $id, secret: $secret){jwt}}";
    return (await send(account, { query, variables: { id: key, secret } })).data.apiKeyUser.jwt as string;
  };
  const control = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(`${origin()}/_sandbox/${path}`, init);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error((body as { error: string }).error);
    return body;
  };
  return {
    origin: listening.origin,
    listening,
    spacelift,
    request: async (query, variables = {}, as = "ROOT") =>
      send("acme", { query, variables }, as === null ? undefined : await login(as, "acme")),
    requestWithToken: (token, query, account = "acme") => send(account, { query }, token),
    login,
    get: (path) => control(path, {}),
    post: (path, body) => control(path, { method: "POST", body: JSON.stringify(body) }),
    stop: () => listening.stop(),
  };
}

/** Creates the integration that most tests use. */
export async function createPayments(spacelift: RunningSpacelift, input: Record<string, unknown> = {}): Promise<Record<string, string>> {
  const response = await spacelift.request(
    `mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id name webhookUrl webhookSecret}}`,
    { input: { email: "bot@acme.example", apiToken: "token", customInput: { name: "Payments", spaceID: "team", ...input } } },
  );
  if (response.errors.length > 0) throw new Error(response.errors.map((error) => error.message).join("; "));
  return response.data.bitbucketCloudIntegrationCreateV2 as Record<string, string>;
}

export function sign(secret: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** Posts a delivery like Bitbucket. */
export async function deliverTo(
  url: string,
  body: string,
  { event, secret, header }: { readonly event: string; readonly secret: string | null; readonly header?: string | undefined },
): Promise<readonly [status: number, text: string]> {
  const signed = header ?? (secret === null ? undefined : sign(secret, body));
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-event-key": event, ...(signed === undefined ? {} : { "x-hub-signature": signed }) },
    body,
  });
  return [response.status, await response.text()];
}

export const STACK_INPUT = {
  name: "Payments prod",
  branch: "main",
  repository: "infra",
  namespace: "acme-workspace",
  provider: "BITBUCKET_CLOUD",
  space: "team",
  vcsIntegrationId: "payments",
};

export async function createStack(spacelift: RunningSpacelift, input: Record<string, unknown> = {}): Promise<GraphqlResponse> {
  return spacelift.request(
    "mutation($input:StackInput!){stackCreate(input:$input,manageState:true){id space vcsDetached vcsIntegration{id isDefault}}}",
    { input: { ...STACK_INPUT, ...input } },
  );
}
