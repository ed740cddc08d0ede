/** Drift of webhooks that more than one field tells: pointed elsewhere, doubled, made anew by hand. One field at a time: webhooks.test.ts. */
import { differences, errors, scenario, TOKEN_VARIABLE, warnings, type World } from "./world";

const slugOf = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");
const placeOf = (name: string) => `bitlift_bitbucket_cloud_webhook.${slugOf(name)}`;
const repositoryPath = (repository: string) => `/repositories/acme-workspace/${repository}/hooks`;

interface Hook {
  readonly uuid: string;
  readonly url: string;
  readonly [field: string]: unknown;
}

/** What happens to a webhook, what the plan shows, and the webhooks of the repository afterwards. */
interface HookRow {
  readonly outside: (world: World, repository: string, hook: Hook) => Promise<unknown>;
  readonly plan: readonly [string, ...string[]] | null;
  readonly because?: string;
  readonly left?: number;
}

const put = (world: World, repository: string, { uuid, url, description, active, events }: Hook, changes: object) =>
  world.bitbucket("PUT", `${repositoryPath(repository)}/${encodeURIComponent(uuid)}`, { url, description, active, events, ...changes });
const post = (world: World, repository: string, { url }: Hook) =>
  world.bitbucket("POST", repositoryPath(repository), { url, description: "by hand", active: false, events: ["repo:push"] });
const remove = (world: World, repository: string, { uuid }: Hook) =>
  world.bitbucket("DELETE", `${repositoryPath(repository)}/${encodeURIComponent(uuid)}`);

const HOOKS: Readonly<Record<string, HookRow>> = {
  "pointed at another integration": {
    outside: (world, repository, hook) => put(world, repository, hook, { url: hook.url.replace(/payments$/, "other") }),
    plan: ["update", "uuid", "webhook_url"],
  },
  "pointed elsewhere beside a copy": {
    outside: async (world, repository, hook) => {
      await put(world, repository, hook, { url: "https://elsewhere.example/hook" });
      await post(world, repository, hook);
    },
    plan: ["update", "uuid", "webhook_url"],
  },
  duplicated: {
    outside: post,
    plan: null,
    because: "a webhook that is not in the state is somebody else's",
    left: 2,
  },
  "recreated by hand": {
    outside: async (world, repository, hook) => {
      await remove(world, repository, hook);
      await post(world, repository, hook);
    },
    plan: ["create"],
  },
  "given another secret": {
    outside: (world, repository, hook) => put(world, repository, hook, { secret: "by hand" }),
    plan: null,
    because: "Bitbucket says only whether there is a secret",
  },
};

scenario("of webhooks: whatever happens to them outside, one is right afterwards", async (world) => {
  const rows = Object.entries(HOOKS);
  const integration = (name: string) => ({ name, email: "spacelift@acme.example", api_token_env: TOKEN_VARIABLE });
  const address = "bitlift_bitbucket_cloud_integration.payments";
  for (const [name] of rows)
    await world.control("bitbucket-cloud", "repository", { workspace: "acme-workspace", repository: slugOf(name), change: "create" });
  await world.establish({
    resource: {
      bitlift_bitbucket_cloud_integration: { payments: integration("Payments"), other: integration("Other") },
      bitlift_bitbucket_cloud_webhook: Object.fromEntries(
        rows.map(([name]) => [
          slugOf(name),
          {
            workspace: "acme-workspace",
            repository: slugOf(name),
            integration_id: `\${${address}.id}`,
            webhook_url: `\${${address}.webhook_url}`,
            secret_fingerprint: `\${${address}.webhook_secret_fingerprint}`,
          },
        ]),
      ),
    },
  });
  const url = String((await world.state(address))?.["webhook_url"]);
  for (const [name, row] of rows) {
    const [hook] = await world.hooks(slugOf(name));
    await row.outside(world, slugOf(name), hook as Hook);
  }
  const planned = await world.plan();
  expect(errors(planned)).toEqual([]);
  const shown = Object.fromEntries(
    planned.changes.map((change) => [
      change.address,
      change.actions.join() === "create" ? ["create"] : [change.actions.join(), ...differences(change)],
    ]),
  );
  expect(shown).toEqual(Object.fromEntries(rows.filter(([, row]) => row.plan !== null).map(([name, row]) => [placeOf(name), row.plan])));
  const applied = await world.settle();
  expect(warnings(applied).filter((one) => one.startsWith("A webhook with this URL existed and was adopted"))).toHaveLength(2);
  for (const [name, row] of rows) {
    const hooks = (await world.hooks(slugOf(name))).filter((hook) => hook["url"] === url);
    expect([name, hooks.length]).toEqual([name, row.left ?? 1]);
    const { uuid } = (await world.state(placeOf(name))) ?? {};
    expect([name, hooks.find((hook) => hook["uuid"] === uuid)]).toMatchObject([name, { active: true, secret_set: true }]);
  }

  // An older Bitbucket that says nothing of the secret: silence is no drift. Only one webhook is read, so the answer is its own.
  const [name] = rows[0] ?? [""];
  const page = (await world.bitbucket("GET", `${repositoryPath(slugOf(name))}?pagelen=100`)) as { values: Record<string, unknown>[] };
  const values = page.values.map(({ secret_set: _, ...hook }) => hook);
  await world.control("bitbucket-cloud", "faults", { operation: "listRepositoryHooks", kind: "wrong-shape", body: { ...page, values } });
  expect((await world.plan([`-target=${placeOf(name)}`])).changes).toEqual([]);
  expect(await world.control("bitbucket-cloud", "faults")).toMatchObject({ armed: [] });
});
