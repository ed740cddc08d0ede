/** Webhook secrets on Bitbucket Data Center: returned to administrators in plain text, and dropped by each PUT that omits them. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fingerprint } from "../../packages/domain";
import {
  changedAttributes,
  DATACENTER,
  repositoryFields,
  type EngineRun,
  type PreparedFolder,
  type SandboxClient,
  type Webhook,
} from "../../tools/harness";
import { configuration } from "./configuration";
import { errorCodes, errors } from "./diagnostics";
import { changeWebhook, readIntegration } from "./outside-changes";
import { scenario } from "./scenario";

const { WEBHOOK, NETWORKING, INTEGRATION, service } = DATACENTER;
const MANUAL_SECRET = "a-secret-that-someone-set-manually";
const TRACE = { TF_LOG: "TRACE" };
const defaults = configuration(DATACENTER);

async function onlyWebhook(remote: SandboxClient, repository = "infrastructure"): Promise<Webhook> {
  const [webhook, ...more] = await remote.webhooks(DATACENTER, repository);
  if (webhook === undefined || more.length > 0)
    throw new Error(`${repository} has ${webhook === undefined ? 0 : more.length + 1} webhooks.`);
  return webhook;
}

/** All output: both streams of the commands, and every file of the folder, with the plan and the state. */
async function readAllOutput(folder: PreparedFolder, ...runs: readonly EngineRun[]): Promise<string> {
  const files = (await readdir(folder.path, { withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((entry) => readFile(join(folder.path, entry.name), "latin1")));
  return [...runs.map(({ output }) => output), ...texts].join("\n");
}

/** Pushes a commit, and returns the status codes of Spacelift's responses to the deliveries. */
async function pushAndReadStatuses(remote: SandboxClient): Promise<readonly unknown[]> {
  const before = (await remote.control<unknown[]>(service, "deliveries")).length;
  await remote.control(service, "push", { ...repositoryFields(DATACENTER, "infrastructure"), branch: "main" });
  const deliveries = await remote.control<readonly { attempts: readonly { status?: number }[] }[]>(service, "deliveries");
  return deliveries.slice(before).flatMap(({ attempts }) => attempts.map(({ status }) => status));
}

scenario(
  "a secret that was changed manually is detected by its fingerprint, repaired in place, and never printed or stored",
  async ({ folder, remote }) => {
    await folder.deploy(defaults);
    const { id } = await onlyWebhook(remote);
    const { webhookSecret } = await readIntegration(remote, DATACENTER, "payments");
    const secrets = [MANUAL_SECRET, webhookSecret];
    await changeWebhook(remote, DATACENTER, "infrastructure", id, { secret: MANUAL_SECRET });

    const planned = await folder.plan([], TRACE);
    expect(planned.changes.map((change) => [change.address, change.actions.join(), changedAttributes(change)])).toEqual([
      [WEBHOOK, "update", ["secret_fingerprint"]],
    ]);
    expect(planned.changes[0]?.before).toMatchObject({ secret_fingerprint: fingerprint(MANUAL_SECRET) });

    // The server repeats the secrets in its error.
    const body = { errors: [{ context: null, message: `${MANUAL_SECRET} differs from ${webhookSecret}.`, exceptionName: null }] };
    await remote.control(service, "faults", { operation: DATACENTER.operations.update, kind: "status", status: 400, body });
    const rejected = await folder.apply([], TRACE);
    expect(errorCodes(rejected)).toEqual(["remote-request-rejected"]);
    expect(errors(rejected).join()).toMatch(/400.*PUT .* differs from /s);

    const applied = await folder.apply([], TRACE);
    expect(errors(applied)).toEqual([]);
    const output = `${planned.json}\n${await readAllOutput(folder, planned, rejected, applied)}`;
    for (const secret of secrets) expect(output.includes(secret)).toBe(false);
    expect((await onlyWebhook(remote)).id).toBe(id);
    expect(await folder.state(WEBHOOK)).toMatchObject({ secret_fingerprint: fingerprint(webhookSecret) });
    expect((await folder.plan()).code).toBe(0);
  },
);

scenario(
  "without a secret, Bitbucket saves the webhook and Spacelift rejects each delivery; the plan shows it and an apply repairs it",
  async ({ folder, remote }) => {
    await folder.deploy(defaults);
    expect(await pushAndReadStatuses(remote)).toEqual([200]);
    await changeWebhook(remote, DATACENTER, "infrastructure", (await onlyWebhook(remote)).id, { secret: null });
    expect(await onlyWebhook(remote)).toMatchObject({ secret: false, active: true });
    expect(await pushAndReadStatuses(remote)).toEqual([401]);

    const planned = await folder.plan();
    expect(planned.changes.map((change) => [change.address, change.actions.join(), changedAttributes(change)])).toEqual([
      [WEBHOOK, "update", ["secret_fingerprint"]],
    ]);
    await folder.applyAndReplan();
    expect(await pushAndReadStatuses(remote)).toEqual([200]);
  },
);

scenario("changes by the provider keep the secret and the fields of other tools", async ({ folder, remote }) => {
  await folder.deploy(defaults);
  const { id } = await onlyWebhook(remote);
  const [response] = await remote.webhookResponses(DATACENTER, "infrastructure");
  const { webhookSecret: secret } = await readIntegration(remote, DATACENTER, "payments");
  await remote.bitbucket(DATACENTER, "PUT", `${DATACENTER.repositoryPath("infrastructure")}/webhooks/${id}`, {
    ...DATACENTER.webhookBody(response, {}),
    credentials: { username: "proxy", password: "password-of-the-proxy" },
    configuration: { secret, createdBy: "bitbucket", note: "theirs" },
  });
  expect((await folder.plan()).code).toBe(0);
  await folder.write(configuration(DATACENTER, { webhook: { title: "Changed", additional_events: [DATACENTER.events.other] } }));
  await folder.applyAndReplan();
  const [changed] = await remote.webhookResponses(DATACENTER, "infrastructure");
  expect(changed).toMatchObject({
    name: "Changed",
    credentials: { username: "proxy" },
    configuration: { secret, createdBy: "bitbucket", note: "theirs" },
  });
  expect(await pushAndReadStatuses(remote)).toEqual([200]);
});

/** Known behavior of servers under load: the response to a create has no configuration, or is a 400 although the webhook was stored. */
describe.each(["bare", "late-400"])("if the response to a create is %s", (form) => {
  scenario(
    "the webhook exists once, with its secret",
    async ({ folder, remote }) => {
      await folder.write(defaults);
      await folder.applyAndReplan();
      const state = await folder.state(INTEGRATION);
      for (const [repository, address] of [
        ["infrastructure", WEBHOOK],
        ["networking", NETWORKING],
      ] as const) {
        const webhook = await onlyWebhook(remote, repository);
        expect(webhook).toMatchObject({ url: state?.["webhook_url"], secret: true });
        expect(await folder.state(address)).toMatchObject({
          webhook_id: webhook.id,
          secret_fingerprint: state?.["webhook_secret_fingerprint"],
        });
      }
    },
    { switches: { [service]: { "create-answer": form } } },
  );
});
