/** Variants of Bitbucket Data Center servers: old and new releases, short pages, permissions, renamed repositories, project webhooks. */
import { DEFAULT_SEED } from "../../packages/sandbox";
import { DATACENTER, integrationReferences, repositoryFields, type SandboxClient } from "../../tools/harness";
import { configuration } from "./configuration";
import { diagnosticLines, errorCodes, errors, warningCodes, warnings } from "./diagnostics";
import { changeRepository } from "./outside-changes";
import { scenario } from "./scenario";

const { WEBHOOK, NETWORKING, INTEGRATION, operations } = DATACENTER;
const service = "bitbucket-datacenter";
const defaults = configuration(DATACENTER);
const withSwitches = (values: Readonly<Record<string, unknown>>) => ({ switches: { [service]: values } });

describe("pages", () => {
  const others = Array.from({ length: 1_050 }, (_, index) => ({
    url: `https://ci.acme.example/hooks/${index}`,
    events: ["repo:refs_changed"],
  }));
  const seed = {
    [service]: {
      ...DEFAULT_SEED[service],
      projects: DEFAULT_SEED[service].projects.map((project) => ({
        ...project,
        repositories: (project.repositories ?? []).map((repository) =>
          repository.slug === "infrastructure" ? { ...repository, hooks: others } : repository,
        ),
      })),
    },
  };

  scenario(
    "the provider reads every page, if there are more than 1,000 webhooks and if pages are shorter",
    async ({ folder, remote }) => {
      await folder.write(defaults);
      await folder.applyAndReplan();
      const created = await folder.state(WEBHOOK);
      const pages = (await remote.requests(service)).filter(
        ({ operation, query }) => operation === operations.list && query?.["start"] === "1000",
      );
      expect(pages.length).toBeGreaterThan(0);

      // Each page states where the next one starts.
      await remote.control(service, "switches", { "page-limit": 60, "page-starts": "gaps" });
      expect((await folder.plan()).code).toBe(0);
      await folder.run(["state", "rm", WEBHOOK]);
      const adopted = await folder.apply();
      expect(errors(adopted)).toEqual([]);
      expect(warningCodes(adopted)).toContain("webhook-adopted");
      expect(await folder.state(WEBHOOK)).toMatchObject({ webhook_id: created?.["webhook_id"] });
    },
    { seed },
  );
});

describe("a server release", () => {
  scenario(
    "a release that is too old for an event that Spacelift requires causes an error at plan, and nothing is written",
    async ({ folder, remote }) => {
      await folder.write(defaults);
      const planned = await folder.plan();
      expect(diagnosticLines(planned).filter((line) => line.includes("event-not-supported"))).toEqual([
        `error event-not-supported ${WEBHOOK} project`,
        `error event-not-supported ${NETWORKING} project`,
      ]);
      expect(errors(planned).join()).toMatch(/6\.10.*pr:from_ref_updated.*7\.0/s);
      expect(await remote.webhooks(DATACENTER, "infrastructure")).toEqual([]);
    },
    withSwitches({ version: "6.10" }),
  );

  for (const [name, values] of [
    ["of version 7.21, whose webhooks have fewer fields", { version: "7.21" }],
    ["of version 10.0, with dates as strings in responses and deliveries", { version: "10.0", "rest-timestamps": "iso" }],
    ["of any version, with its events in a different order each time", { "event-order": "random" }],
  ] as const) {
    scenario(
      `a release ${name} causes no drift, and its deliveries start runs`,
      async ({ folder, remote }) => {
        await folder.write(defaults);
        await folder.applyAndReplan();
        await folder.write(configuration(DATACENTER, { webhook: { title: "Changed" } }));
        await folder.applyAndReplan();
        await remote.control(service, "push", { ...repositoryFields(DATACENTER, "infrastructure"), branch: "main" });
        const [delivery] = await remote.control<readonly { status: number }[]>("spacelift", "deliveries");
        expect(delivery).toMatchObject({ status: 200 });
      },
      withSwitches(values),
    );
  }
});

scenario("a personal repository works like any other repository, in the configuration and in an import ID", async ({ folder }) => {
  const { [DATACENTER.webhook]: _, ...others } = defaults.resource;
  const webhook = { mine: { project: "~dev", repository: "experiments", ...integrationReferences(INTEGRATION) } };
  const declared = { resource: { ...others, [DATACENTER.webhook]: webhook } };
  await folder.write(declared);
  await folder.applyAndReplan();
  const address = `${DATACENTER.webhook}.mine`;
  const { webhook_id: id } = (await folder.state(address)) ?? {};
  await folder.run(["state", "rm", address]);
  await folder.write({ ...declared, import: [{ to: address, id: `~dev/experiments/${String(id)}` }] });
  await folder.applyAndReplan();
  expect(await folder.state(address)).toMatchObject({ webhook_id: id, project: "~dev", repository: "experiments" });
});

scenario(
  "a login without admin permission on the repository causes an error, keeps the state and deletes nothing",
  async ({ folder, remote }) => {
    await folder.deploy(defaults);
    const before = await folder.state(WEBHOOK);
    await changeRepository(remote, DATACENTER, "infrastructure", "hide");
    for (const run of [await folder.plan(), await folder.destroy()]) {
      expect(diagnosticLines(run).filter((line) => line.startsWith("error"))).toEqual([`error remote-permission-denied ${WEBHOOK}`]);
    }
    // The refresh of a destroy fails before anything is deleted; without a refresh, the delete fails.
    const destroyed = await folder.destroy(["-refresh=false", `-target=${WEBHOOK}`]);
    expect(errorCodes(destroyed)).toEqual(["remote-permission-denied"]);
    expect(errors(destroyed).join()).toMatch(/401.*DELETE .*REPO_ADMIN.*PLAT\/infrastructure/s);
    expect(await folder.state(WEBHOOK)).toEqual(before);
    await changeRepository(remote, DATACENTER, "infrastructure", "show");
    expect((await folder.plan()).code).toBe(0);
  },
);

scenario(
  "a redirect of the server to the new name of a repository causes a warning, and the webhook stays manageable",
  async ({ folder, remote }) => {
    await folder.deploy(defaults);
    const before = await folder.state(WEBHOOK);
    await changeRepository(remote, DATACENTER, "infrastructure", "rename", "platform-infrastructure");
    const planned = await folder.plan();
    expect(planned.code).toBe(0);
    expect(diagnosticLines(planned)).toEqual([`warning repository-renamed ${WEBHOOK}`]);
    expect(warnings(planned).join()).toContain("PLAT/platform-infrastructure");
    await folder.write(configuration(DATACENTER, { webhook: { title: "Changed" } }));
    await folder.applyAndReplan();
    expect(await remote.webhooks(DATACENTER, "platform-infrastructure")).toMatchObject([{ id: before?.["webhook_id"], title: "Changed" }]);
  },
  withSwitches({ renamed: "redirect" }),
);

describe("project webhooks", () => {
  const addProjectWebhook = (remote: SandboxClient, url: unknown) =>
    remote.bitbucket(DATACENTER, "POST", "/projects/PLAT/webhooks", { name: "Of the whole project", url, events: ["repo:refs_changed"] });

  scenario(
    "a project webhook with the same URL causes a warning at plan and at create, and stays unchanged",
    async ({ folder, remote }) => {
      await folder.deploy(defaults);
      await addProjectWebhook(remote, (await folder.state(INTEGRATION))?.["webhook_url"]);
      const expected = [`warning webhook-of-project ${WEBHOOK}`, `warning webhook-of-project ${NETWORKING}`];
      const planned = await folder.plan();
      expect(planned.changes).toEqual([]);
      expect(diagnosticLines(planned)).toEqual(expected);
      expect(warnings(planned)[0]).toMatch(/PLAT.*"Of the whole project" \d+/s);

      expect(errors(await folder.destroy())).toEqual([]);
      const created = await folder.apply();
      expect(errors(created)).toEqual([]);
      expect(diagnosticLines(created)).toEqual(expected);
      const remaining = (await remote.bitbucket(DATACENTER, "GET", "/projects/PLAT/webhooks")) as { values: unknown[] };
      expect(remaining.values).toMatchObject([{ name: "Of the whole project", active: true }]);
    },
  );

  scenario(
    "a server without a list of project webhooks causes one warning, and everything else works",
    async ({ folder, remote }) => {
      await folder.write(defaults);
      const applied = await folder.applyAndReplan();
      expect(warningCodes(applied)).toEqual(["webhook-of-project-not-checked"]);
      const received = (await remote.requests(service)).map(({ operation }) => operation);
      expect(received).toContain("listRepositoryHooks");
    },
    withSwitches({ "webhook-search": "absent" }),
  );
});
