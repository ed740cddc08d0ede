/** The life of a webhook where two of its addresses are at work at once, and where its repository cannot be found. */
import { problem, fingerprint } from "../../../domain";
import type { Diagnostic } from "../../../diagnostics";
import type { Repositories, RepositoryWebhooks, Webhook } from "../../../clients";
import { type Resource, gone, UNKNOWN, type Attributes } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import { bitbucketDatacenterWebhook } from "../../webhook/bitbucket-datacenter-webhook";

// Its attributes differ between the products, so their types do not say them: the values below do.
const resource = bitbucketDatacenterWebhook as unknown as Resource<Attributes, Clients>;
const SECRET = "s3cret-value";
const HERE = "https://bitbucket.example";
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
  webhook_id: 42,
};

const hook = (id: string): Webhook => ({
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
  carried: {},
});

/** One repository that every name leads to. */
function world(
  hooks: Webhook[],
  changes: { readonly webhooks?: Partial<RepositoryWebhooks>; readonly byId?: Repositories["byId"]; readonly id?: string } = {},
) {
  let next = 100;
  const webhooks: RepositoryWebhooks = {
    list: () => Promise.resolve([...hooks]),
    create: () => {
      const made = hook(String(next++));
      hooks.push(made);
      return Promise.resolve(made);
    },
    replace: (_target, id) => {
      const found = hooks.find((one) => one.id === id);
      return found === undefined ? Promise.reject(new Error(`no webhook ${id}`)) : Promise.resolve(found);
    },
    remove: (_target, id) => {
      const place = hooks.findIndex((one) => one.id === id);
      if (place >= 0) hooks.splice(place, 1);
      return Promise.resolve(place >= 0 ? "removed" : "absent");
    },
    ...changes.webhooks,
  };
  const found =
    changes.id === undefined ? null : { id: changes.id, namespace: "PAY", slug: "app", name: "app", project: "PAY", mainBranch: null };
  const repositories = { byName: () => Promise.resolve(found), byId: changes.byId ?? (() => Promise.resolve(null)) };
  const api = {
    bitbucket: () => ({ webhooks, repositories }),
    bitbucketDatacenter: { url: HERE, serverVersion: () => Promise.resolve("9.4") },
    spacelift: { integrations: { datacenter: { webhookSecret: () => Promise.resolve(SECRET) } } },
    claimedWebhooks: new Set<string>(),
    undeletedWebhooks: new Set<string>(),
    removedWebhooks: new Set<string>(),
    said: new Set<string>(),
  };
  const reported: Diagnostic[] = [];
  const silent = () => undefined;
  const kept = new Map<string, unknown>();
  const context = {
    api,
    private: { get: (key: string) => kept.get(key), set: (key: string, value: unknown) => void kept.set(key, value), delete: silent },
    report: { add: (diagnostic: Diagnostic) => void reported.push(diagnostic) },
    log: { debug: silent, info: silent, warn: silent },
  };
  return {
    kept,
    codes: () => reported.map((diagnostic) => diagnostic.code),
    // What a handler gets, as far as it looks at it.
    create: (part: object) =>
      resource.create({ ...context, plan: { ...values, ...part } } as unknown as Parameters<typeof resource.create>[0]),
    update: (part: object) =>
      resource.update({ ...context, prior: values, plan: { ...values, ...part } } as unknown as Parameters<typeof resource.update>[0]),
    delete: (part: object) =>
      resource.delete({ ...context, prior: { ...values, ...part } } as unknown as Parameters<typeof resource.delete>[0]),
    plan: async (part: object) => {
      const draft = { ...values, ...part };
      const question = { ...context, config: draft, prior: null, draft, changed: true, replacing: false, replace: silent };
      await resource.plan?.(question as unknown as Parameters<NonNullable<typeof resource.plan>>[0]);
      return draft;
    },
    read: () => resource.read({ ...context, state: values } as unknown as Parameters<typeof resource.read>[0]),
  };
}

function opening(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

it.each<[string, unknown, unknown]>([
  ["known where the additional ones are", ["pr:declined"], expect.arrayContaining(["pr:declined", "pr:opened"])],
  ["open where the additional ones are", UNKNOWN, UNKNOWN],
  ["open where one of the additional ones is", ["pr:declined", UNKNOWN], UNKNOWN],
])("plans events that are %s", async (_name, additional_events, events) => {
  expect(await world([]).plan({ additional_events })).toMatchObject({ events });
});

it("makes one webhook for one repository that is written in two cases", async () => {
  const hooks: Webhook[] = [];
  const { create, codes } = world(hooks);
  const made = await Promise.all([create({ project: "PAY" }), create({ project: "pay" })]);
  expect(hooks.map(({ id }) => id)).toEqual(["100"]);
  expect(made).toEqual([expect.objectContaining({ webhook_id: 100 }), expect.objectContaining({ webhook_id: 100 })]);
  expect(codes()).toEqual(["webhook-adopted"]);
});

describe("a repository that was renamed, deleted under its old name and created under its new one at once,", () => {
  it("does not adopt what the delete is just taking away", async () => {
    const hooks = [hook("42")];
    const removal = opening();
    const listed = opening();
    const {
      create,
      delete: remove,
      codes,
    } = world(hooks, {
      webhooks: {
        list: () => {
          listed.open();
          return Promise.resolve([...hooks]);
        },
        remove: async () => {
          await removal.opened;
          hooks.length = 0;
          return "removed";
        },
      },
    });
    const both = Promise.all([remove({ repository: "old" }), create({ repository: "new" })]);
    await listed.opened;
    // Whatever the create goes on with without waiting for the delete.
    await new Promise(setImmediate);
    removal.open();
    const [, made] = await both;
    expect(made).toMatchObject({ webhook_id: 100 });
    expect(hooks.map(({ id }) => id)).toEqual(["100"]);
    expect(codes()).toEqual([]);
  });

  it("keeps what was adopted, when the create was first", async () => {
    const hooks = [hook("42")];
    const { create, delete: remove, codes } = world(hooks);
    expect(await create({ repository: "new" })).toMatchObject({ webhook_id: 42 });
    await remove({ repository: "old" });
    expect(hooks.map(({ id }) => id)).toEqual(["42"]);
    expect(codes()).toEqual(["webhook-adopted", "webhook-delete-skipped"]);
  });
});

describe("reading where the repository is gone or invisible", () => {
  const list = () => Promise.reject(problem("repository-not-found", { why: "No.", fix: "Look." }, { kind: "gone" }));
  const refusing = (kind: "not-permitted" | "cancelled") => () =>
    Promise.reject(problem("remote-permission-denied", { why: "You may not.", fix: "Ask." }, { kind }));

  it("keeps the state when nothing else may be looked at either", async () => {
    const { read, kept, codes } = world([], { webhooks: { list }, byId: refusing("not-permitted") });
    kept.set("repositoryId", "5");
    expect(await read()).toEqual(values);
    expect(codes()).toEqual(["repository-not-found"]);
  });

  it("stops when the engine asks for it", async () => {
    const { read, kept } = world([], { webhooks: { list }, byId: refusing("cancelled") });
    kept.set("repositoryId", "5");
    await expect(read()).rejects.toThrow("You may not.");
  });
});

describe("deleting where the repository is not under its last name", () => {
  const now = { id: "5", namespace: "PAY", slug: "app-of-today", name: "app", project: "PAY", mainBranch: null };
  const byId = () => Promise.resolve(now);

  /** Webhooks that only the new name leads to. */
  function renamed(hooks: Webhook[]) {
    const has = ({ repository }: { readonly repository: string }) => repository === now.slug;
    return {
      list: (target: { readonly repository: string }) => Promise.resolve(has(target) ? [...hooks] : []),
      remove: (target: { readonly repository: string }, id: string) => {
        if (!has(target)) return Promise.resolve("repository-absent" as const);
        hooks.splice(
          hooks.findIndex((one) => one.id === id),
          1,
        );
        return Promise.resolve("removed" as const);
      },
    };
  }

  it.each<[string, readonly Webhook[], string | undefined, readonly string[], readonly string[]]>([
    ["takes the webhook away under the new name", [hook("42"), hook("43")], "5", ["43"], []],
    ["has nothing to do where the webhook is gone from there", [hook("43")], "5", ["43"], []],
    [
      "leaves the webhook of that number of another server",
      [{ ...hook("42"), url: "https://else.example" }],
      "5",
      ["42"],
      ["repository-not-found"],
    ],
    ["does not look where no id is known", [hook("42")], undefined, ["42"], ["repository-not-found"]],
  ])("%s", async (_name, before, id, left, codes) => {
    const hooks = [...before];
    const there = world(hooks, { webhooks: renamed(hooks), byId });
    if (id !== undefined) there.kept.set("repositoryId", id);
    await there.delete({});
    expect(hooks.map((one) => one.id)).toEqual(left);
    expect(there.codes()).toEqual(codes);
  });
});

describe("reading a webhook of the known id that has another URL", () => {
  const other = { ...hook("42"), url: "https://else.example" };

  it("is drift in the repository that is known", async () => {
    const { read, kept } = world([other], { id: "5" });
    kept.set("repositoryId", "5");
    expect(await read()).toMatchObject({ webhook_id: 42, webhook_url: other.url });
  });

  it("is somebody else's in a repository of the same name on another server", async () => {
    const { read, kept } = world([other], { id: "77" });
    kept.set("repositoryId", "5");
    expect(await read()).toBe(gone);
  });

  it("is drift where the server is only written in another way", async () => {
    const { read, kept, codes } = world([other], { id: "5" });
    kept.set("repositoryId", "5");
    kept.set("server", "https://BITBUCKET.example:443");
    expect(await read()).toMatchObject({ webhook_url: other.url });
    expect(codes()).toEqual([]);
  });

  it("is somebody else's on another server, whatever the numbers are there", async () => {
    const { read, kept, codes } = world([other], { id: "5" });
    kept.set("repositoryId", "5");
    kept.set("server", "https://elsewhere.example");
    expect(await read()).toBe(gone);
    expect(codes()).toEqual(["bitbucket-server-changed"]);
  });
});

it("changes nothing at a server that was not looked at: what has this number there may belong to another tool", async () => {
  const hooks = [{ ...hook("42"), url: "https://else.example" }];
  const { update, delete: remove, read, kept } = world(hooks);
  kept.set("server", "https://elsewhere.example");
  await expect(update({ title: "Changed" })).rejects.toMatchObject({ diagnostic: { code: "bitbucket-server-changed", severity: "error" } });
  await expect(remove({})).rejects.toMatchObject({ diagnostic: { code: "bitbucket-server-changed", severity: "error" } });
  expect(hooks).toHaveLength(1);

  hooks[0] = hook("42");
  await read();
  expect(kept.get("server")).toBe(HERE);
  await remove({});
  expect(hooks).toHaveLength(0);
});
