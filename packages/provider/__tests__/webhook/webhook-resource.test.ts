/** The operations of a webhook resource when two resource addresses have the same webhook, and when the repository or the server has changed. */
import { problem, fingerprint } from "../../../domain";
import type { Diagnostic } from "../../../diagnostics";
import type { Repositories, RepositoryWebhooks, Webhook } from "../../../clients";
import { gone, UNKNOWN } from "../../../terraform-plugin";
import { FirstReports } from "../../first-reports";
import { bitbucketDatacenterWebhook as resource } from "../../webhook/bitbucket-datacenter-webhook";
import { KnownWebhooks } from "../../webhook/known-webhooks";
import { look } from "../unhurried-look";

const SECRET = "s3cret-value";
const SERVER = "https://bitbucket.example";
const values = {
  project: "PAY",
  repository: "app",
  integration_id: "payments",
  webhook_url: "https://hooks.example/payments",
  secret_fingerprint: fingerprint(SECRET),
  title: "Spacelift (payments)",
  additional_events: [],
  events: [],
  active: true,
  verify_certificate: true,
  adopt_existing: true,
  webhook_id: "42",
};

const createHook = (id: string): Webhook => ({
  id,
  url: values.webhook_url,
  title: values.title,
  active: true,
  events: [],
  verifiesCertificate: true,
  secret: { is: "set", fingerprint: values.secret_fingerprint },
  scope: "repository",
  repositoryId: null,
  repositoryName: null,
  passthrough: {},
});

interface Remote {
  readonly webhooks?: Partial<RepositoryWebhooks>;
  readonly byId?: Repositories["byId"];
  /** ID of the repository. */
  readonly id?: string;
}

/** Webhooks of one repository, which every name leads to. */
function createWebhooks(hooks: Webhook[]): RepositoryWebhooks {
  let nextId = 100;
  return {
    addressesById: false,
    isListed: () => false,
    list: () => Promise.resolve([...hooks]),
    create: () => {
      const created = createHook(`${nextId++}`);
      hooks.push(created);
      return Promise.resolve(created);
    },
    replace: (_target, id) => {
      const found = hooks.find((hook) => hook.id === id);
      return found === undefined ? Promise.reject(new Error(`no webhook ${id}`)) : Promise.resolve(found);
    },
    remove: (_target, id) => {
      const index = hooks.findIndex((hook) => hook.id === id);
      if (index >= 0) hooks.splice(index, 1);
      return Promise.resolve(index >= 0 ? "removed" : "absent");
    },
  };
}

function createApi(hooks: Webhook[], remote: Remote) {
  const webhooks = { ...createWebhooks(hooks), ...remote.webhooks };
  const repository =
    remote.id === undefined ? null : { id: remote.id, namespace: "PAY", slug: "app", name: "app", project: "PAY", mainBranch: null };
  const repositories = { byName: () => Promise.resolve(repository), byId: remote.byId ?? (() => Promise.resolve(null)) };
  return {
    look,
    bitbucket: () => ({ webhooks, repositories }),
    bitbucketDatacenter: { url: SERVER, serverVersion: () => Promise.resolve("9.4") },
    spacelift: { integrations: { datacenter: { webhookSecret: () => Promise.resolve(SECRET) } } },
    reports: new FirstReports(),
    knownWebhooks: new KnownWebhooks(100),
  };
}

/** The resource against a repository with these webhooks. */
function createResource(hooks: Webhook[], remote: Remote = {}) {
  const reported: Diagnostic[] = [];
  const ignore = () => undefined;
  const privateState = new Map<string, unknown>();
  const context = {
    api: createApi(hooks, remote),
    privateState,
    report: { add: (diagnostic: Diagnostic) => void reported.push(diagnostic) },
    log: { includes: () => false, debug: ignore, info: ignore, warn: ignore },
  };
  // The handlers read only this part of their contexts.
  return {
    privateState,
    codes: () => reported.map((diagnostic) => diagnostic.code),
    create: (changes: object) =>
      resource.create({ ...context, plan: { ...values, ...changes } } as unknown as Parameters<typeof resource.create>[0]),
    update: (changes: object) =>
      resource.update({ ...context, prior: values, plan: { ...values, ...changes } } as unknown as Parameters<typeof resource.update>[0]),
    delete: (changes: object) =>
      resource.delete({ ...context, prior: { ...values, ...changes } } as unknown as Parameters<typeof resource.delete>[0]),
    plan: async (changes: object) => {
      const draft = { ...values, ...changes };
      const planContext = {
        ...context,
        config: draft,
        prior: null,
        draft,
        changed: true,
        replacing: false,
        replace: ignore,
        replacedPrivateState: new Map(),
        settled: ignore,
      };
      await resource.plan?.(planContext as unknown as Parameters<NonNullable<typeof resource.plan>>[0]);
      return draft;
    },
    read: (changes: object = {}) =>
      resource.read({ ...context, state: { ...values, ...changes } } as unknown as Parameters<typeof resource.read>[0]),
  };
}

function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe("a plan", () => {
  it.each<[string, unknown, unknown]>([
    ["known if the additional events are known", ["pr:declined"], expect.arrayContaining(["pr:declined", "pr:opened"])],
    ["unknown if the additional events are unknown", UNKNOWN, UNKNOWN],
    ["unknown if one additional event is unknown", ["pr:declined", UNKNOWN], UNKNOWN],
  ])("shows events that are %s", async (_case, additional_events, events) => {
    expect(await createResource([]).plan({ additional_events })).toMatchObject({ events });
  });
});

it("creates one webhook for two addresses whose repositories differ only in case", async () => {
  const hooks: Webhook[] = [];
  const { create, codes } = createResource(hooks);
  const created = await Promise.all([create({ project: "PAY" }), create({ project: "pay" })]);
  expect(hooks.map(({ id }) => id)).toEqual(["100"]);
  expect(created).toEqual([expect.objectContaining({ webhook_id: "100" }), expect.objectContaining({ webhook_id: "100" })]);
  expect(codes()).toEqual(["webhook-declared-twice"]);
});

describe("a renamed repository that is deleted under its old name and created under its new name at the same time", () => {
  it("does not adopt the webhook that the delete is removing", async () => {
    const hooks = [createHook("42")];
    const removal = createGate();
    const listing = createGate();
    const remote = {
      webhooks: {
        list: () => {
          listing.open();
          return Promise.resolve([...hooks]);
        },
        remove: async () => {
          await removal.opened;
          hooks.length = 0;
          return "removed" as const;
        },
      },
    };
    const { create, delete: remove, codes } = createResource(hooks, remote);
    const operations = Promise.all([remove({ repository: "old" }), create({ repository: "new" })]);
    await listing.opened;
    // Lets the create continue as far as it can without the delete.
    await new Promise(setImmediate);
    removal.open();
    const [, created] = await operations;
    expect(created).toMatchObject({ webhook_id: "100" });
    expect(hooks.map(({ id }) => id)).toEqual(["100"]);
    expect(codes()).toEqual([]);
  });

  it("keeps the adopted webhook if the create was first", async () => {
    const hooks = [createHook("42")];
    const { create, delete: remove, codes } = createResource(hooks);
    expect(await create({ repository: "new" })).toMatchObject({ webhook_id: "42" });
    await remove({ repository: "old" });
    expect(hooks.map(({ id }) => id)).toEqual(["42"]);
    expect(codes()).toEqual(["webhook-adopted", "webhook-delete-skipped"]);
  });
});

describe("reading a webhook whose repository is not visible", () => {
  const list = () => Promise.reject(problem("repository-not-found", { why: "No.", fix: "Look." }, { kind: "gone" }));
  const rejectWith = (kind: "not-permitted" | "canceled") => () =>
    Promise.reject(problem("remote-permission-denied", { why: "You may not.", fix: "Get access." }, { kind }));

  it("keeps the state if the repository cannot be looked up by its ID either", async () => {
    const { read, privateState, codes } = createResource([], { webhooks: { list }, byId: rejectWith("not-permitted") });
    privateState.set("repositoryId", "5");
    expect(await read()).toEqual(values);
    expect(codes()).toEqual(["repository-not-found"]);
  });

  it("stops if the engine cancels", async () => {
    const { read, privateState } = createResource([], { webhooks: { list }, byId: rejectWith("canceled") });
    privateState.set("repositoryId", "5");
    await expect(read()).rejects.toMatchObject({ kind: "canceled" });
  });
});

it("a webhook without a title has none in the state, so that a generated configuration does not set an empty one", async () => {
  expect(await createResource([{ ...createHook("42"), title: "" }]).read()).toMatchObject({ webhook_id: "42", title: null });
});

describe("deleting a webhook whose repository no longer has its last name", () => {
  const current = { id: "5", namespace: "PAY", slug: "new-name", name: "app", project: "PAY", mainBranch: null };

  /** Webhooks that only the new name leads to. */
  function underNewName(hooks: Webhook[]): Partial<RepositoryWebhooks> {
    return {
      list: ({ repository }) => Promise.resolve(repository === current.slug ? [...hooks] : []),
      remove: ({ repository }, id) => {
        if (repository !== current.slug) return Promise.resolve("repository-absent");
        hooks.splice(
          hooks.findIndex((hook) => hook.id === id),
          1,
        );
        return Promise.resolve("removed");
      },
    };
  }

  it.each<[string, readonly Webhook[], string | undefined, readonly string[], readonly string[]]>([
    ["removes it under the new name", [createHook("42"), createHook("43")], "5", ["43"], []],
    ["does nothing if it no longer exists there", [createHook("43")], "5", ["43"], []],
    [
      "keeps a webhook with the same ID and another URL",
      [{ ...createHook("42"), url: "https://else.example" }],
      "5",
      ["42"],
      ["repository-not-found"],
    ],
    ["does not look it up if no repository ID is known", [createHook("42")], undefined, ["42"], ["repository-not-found"]],
  ])("%s", async (_case, before, repositoryId, remainingIds, codes) => {
    const hooks = [...before];
    const webhook = createResource(hooks, { webhooks: underNewName(hooks), byId: () => Promise.resolve(current) });
    if (repositoryId !== undefined) webhook.privateState.set("repositoryId", repositoryId);
    await webhook.delete({});
    expect(hooks.map(({ id }) => id)).toEqual(remainingIds);
    expect(webhook.codes()).toEqual(codes);
  });
});

describe("the events that a read returns", () => {
  const read = (events: readonly string[], changes: object = {}) => createResource([{ ...createHook("42"), events }]).read(changes);

  it.each([
    ["in another order", ["repo:refs_changed", "pr:opened", "pr:merged"]],
    ["with one of them repeated", ["pr:opened", "repo:refs_changed", "pr:merged", "pr:opened"]],
  ])("are sorted, and listed once, if Bitbucket lists them %s", async (_case, listed) => {
    expect(await read(listed)).toMatchObject({ events: ["pr:merged", "pr:opened", "repo:refs_changed"] });
  });

  it("are additional after an import unless Spacelift needs them, each of them once", async () => {
    const imported = { additional_events: null };
    expect(await read(["repo:forked", "pr:opened", "repo:forked"], imported)).toMatchObject({ additional_events: ["repo:forked"] });
  });
});

describe("reading a webhook with the known ID and another URL", () => {
  const other = { ...createHook("42"), url: "https://else.example" };

  it("is drift in the known repository", async () => {
    const { read, privateState } = createResource([other], { id: "5" });
    privateState.set("repositoryId", "5");
    expect(await read()).toMatchObject({ webhook_id: "42", webhook_url: other.url });
  });

  it("is a webhook that does not exist if the repository has another ID", async () => {
    const { read, privateState } = createResource([other], { id: "77" });
    privateState.set("repositoryId", "5");
    expect(await read()).toBe(gone);
  });

  it("is drift if only the spelling of the server URL changed", async () => {
    const { read, privateState, codes } = createResource([other], { id: "5" });
    privateState.set("repositoryId", "5");
    privateState.set("server", "https://BITBUCKET.example:443");
    expect(await read()).toMatchObject({ webhook_url: other.url });
    expect(codes()).toEqual([]);
  });

  it("is a webhook that does not exist on another server, even if the repository IDs are equal", async () => {
    const { read, privateState, codes } = createResource([other], { id: "5" });
    privateState.set("repositoryId", "5");
    privateState.set("server", "https://elsewhere.example");
    expect(await read()).toBe(gone);
    expect(codes()).toEqual(["bitbucket-server-changed"]);
  });
});

it("changes nothing on another server before a read, because the ID may belong to another tool's webhook there", async () => {
  const hooks = [{ ...createHook("42"), url: "https://else.example" }];
  const { update, delete: remove, read, privateState } = createResource(hooks);
  privateState.set("server", "https://elsewhere.example");
  await expect(update({ title: "Changed" })).rejects.toMatchObject({ diagnostic: { code: "bitbucket-server-changed", severity: "error" } });
  await expect(remove({})).rejects.toMatchObject({ diagnostic: { code: "bitbucket-server-changed", severity: "error" } });
  expect(hooks).toHaveLength(1);

  hooks[0] = createHook("42");
  await read();
  expect(privateState.get("server")).toBe(SERVER);
  await remove({});
  expect(hooks).toHaveLength(0);
});
