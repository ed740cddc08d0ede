/** The secret of a webhook on Bitbucket Data Center: told to administrators in clear text, lost by every PUT that leaves it out, and missed by Spacelift. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fingerprint } from "../../packages/domain";
import { DATACENTER } from "./bitbucket-datacenter";
import { changeHook, rawHooks, readIntegration } from "./by-hand";
import { configuration } from "./configuration";
import { repositoryOf, type Hook } from "./product";
import { differences, errors, scenario, type Ran, type World } from "./world";

const { WEBHOOK, NETWORKING, INTEGRATION, service } = DATACENTER;
const BY_HAND = "a-secret-that-somebody-typed-in";
const TRACE = { TF_LOG: "TRACE" };
const usual = configuration(DATACENTER);

async function own(world: World, repository = "infrastructure"): Promise<Hook> {
  const [hook, ...more] = await world.hooks(DATACENTER, repository);
  if (hook === undefined || more.length > 0) throw new Error(`${repository} has ${String(more.length + 1)} webhooks`);
  return hook;
}

/** What is said and written: both streams of the commands, the plan, the state, every file of the stack. */
async function everything(world: World, ...ran: readonly Ran[]): Promise<string> {
  const files = (await readdir(world.stack, { withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((entry) => readFile(join(world.stack, entry.name), "latin1")));
  return [...ran.map(({ output }) => output), ...texts].join("\n");
}

/** How Spacelift answered what a push to the repository delivered. */
async function answersToPush(world: World): Promise<readonly unknown[]> {
  const before = ((await world.control(service, "deliveries")) as unknown[]).length;
  await world.control(service, "push", { ...repositoryOf(DATACENTER, "infrastructure"), branch: "main" });
  const deliveries = (await world.control(service, "deliveries")) as readonly { attempts: readonly { status?: number }[] }[];
  return deliveries.slice(before).flatMap(({ attempts }) => attempts.map(({ status }) => status));
}

scenario("one that was changed by hand is found by its fingerprint, repaired in place, and told to nobody", async (world) => {
  await world.establish(usual);
  const { id } = await own(world);
  const { webhookSecret } = await readIntegration(world, DATACENTER, "payments");
  const secrets = [BY_HAND, webhookSecret];
  await changeHook(world, DATACENTER, "infrastructure", id, { secret: BY_HAND });

  const planned = await world.plan([], TRACE);
  expect(planned.changes.map((change) => [change.address, change.actions.join(), differences(change)])).toEqual([
    [WEBHOOK, "update", ["secret_fingerprint"]],
  ]);
  expect(planned.changes[0]?.before).toMatchObject({ secret_fingerprint: fingerprint(BY_HAND) });

  // A server that repeats what it has in its refusal.
  const body = { errors: [{ context: null, message: `${BY_HAND} differs from ${webhookSecret}.`, exceptionName: null }] };
  await world.control(service, "faults", { operation: DATACENTER.operations.update, kind: "status", status: 400, body });
  const refused = await world.apply([], TRACE);
  expect(errors(refused).join()).toMatch(/answered 400 to PUT .* differs from /);

  const applied = await world.apply([], TRACE);
  expect(errors(applied)).toEqual([]);
  const said = `${planned.json}\n${await everything(world, planned, refused, applied)}`;
  for (const secret of secrets) expect(said.includes(secret)).toBe(false);
  expect((await own(world)).id).toBe(id);
  expect(await world.state(WEBHOOK)).toMatchObject({ secret_fingerprint: fingerprint(webhookSecret) });
  expect((await world.plan()).code).toBe(0);
});

scenario(
  "without one Bitbucket saves the webhook, Spacelift refuses each delivery, and the plan shows it and puts it right",
  async (world) => {
    await world.establish(usual);
    expect(await answersToPush(world)).toEqual([200]);
    await changeHook(world, DATACENTER, "infrastructure", (await own(world)).id, { secret: null });
    expect(await own(world)).toMatchObject({ secret: false, active: true });
    expect(await answersToPush(world)).toEqual([401]);

    const planned = await world.plan();
    expect(planned.changes.map((change) => [change.address, change.actions.join(), differences(change)])).toEqual([
      [WEBHOOK, "update", ["secret_fingerprint"]],
    ]);
    await world.settle();
    expect(await answersToPush(world)).toEqual([200]);
  },
);

scenario("and what others keep in the webhook survive every change of ours", async (world) => {
  await world.establish(usual);
  const { id } = await own(world);
  const [raw] = await rawHooks(world, DATACENTER, "infrastructure");
  const { webhookSecret: secret } = await readIntegration(world, DATACENTER, "payments");
  await world.bitbucket(DATACENTER, "PUT", `${DATACENTER.path("infrastructure")}/webhooks/${String(id)}`, {
    ...DATACENTER.hookBody(raw, {}),
    credentials: { username: "proxy", password: "password-of-the-proxy" },
    configuration: { secret, createdBy: "bitbucket", note: "theirs" },
  });
  expect((await world.plan()).code).toBe(0);
  await world.write(configuration(DATACENTER, { webhook: { title: "Changed", additional_events: [DATACENTER.events.other] } }));
  await world.settle();
  const [now] = await rawHooks(world, DATACENTER, "infrastructure");
  expect(now).toMatchObject({
    name: "Changed",
    credentials: { username: "proxy" },
    configuration: { secret, createdBy: "bitbucket", note: "theirs" },
  });
  expect(await answersToPush(world)).toEqual([200]);
});

/** What is known of servers under load: the answer to a create has no configuration, or is a 400 after the webhook was stored. */
describe.each(["bare", "late-400"])("where a create is answered in the form %s", (form) => {
  scenario(
    "the webhook exists once, with its secret",
    async (world) => {
      await world.write(usual);
      await world.settle();
      const state = await world.state(INTEGRATION);
      for (const [repository, address] of [
        ["infrastructure", WEBHOOK],
        ["networking", NETWORKING],
      ] as const) {
        const hook = await own(world, repository);
        expect(hook).toMatchObject({ url: state?.["webhook_url"], secret: true });
        expect(await world.state(address)).toMatchObject({
          webhook_id: hook.id,
          secret_fingerprint: state?.["webhook_secret_fingerprint"],
        });
      }
    },
    { switches: { [service]: { "create-answer": form } } },
  );
});
