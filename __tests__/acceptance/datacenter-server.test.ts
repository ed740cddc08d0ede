/** Servers of Bitbucket Data Center as they come: old and new releases, short pages, permissions, renamed repositories, webhooks of a whole project. */
import { DEFAULT_SEED } from "../../packages/sandbox";
import { DATACENTER } from "./bitbucket-datacenter";
import { changeRepository } from "./by-hand";
import { configuration } from "./configuration";
import { repositoryOf, wiredTo } from "./product";
import { requestsOf } from "./requests";
import { codeOf, errors, scenario, warnings, type World } from "./world";

const { WEBHOOK, NETWORKING, INTEGRATION, operations } = DATACENTER;
const service = "bitbucket-datacenter";
const usual = configuration(DATACENTER);
const switched = (values: Readonly<Record<string, unknown>>) => ({ switches: { [service]: values } });

describe("pages", () => {
  const others = Array.from({ length: 1_050 }, (_, index) => ({
    url: `https://ci.acme.example/hooks/${String(index)}`,
    events: ["repo:refs_changed"],
  }));
  const seed = {
    [service]: {
      ...DEFAULT_SEED[service],
      projects: DEFAULT_SEED[service].projects.map((project) => ({
        ...project,
        repositories: (project.repositories ?? []).map((one) => (one.slug === "infrastructure" ? { ...one, hooks: others } : one)),
      })),
    },
  };

  scenario(
    "beyond the thousand that a server answers at once are read, and shorter ones too",
    async (world) => {
      await world.write(usual);
      await world.settle();
      const created = await world.state(WEBHOOK);
      const pages = (await requestsOf(world, service)).filter(
        ({ operation, query }) => operation === operations.list && query?.["start"] === "1000",
      );
      expect(pages.length).toBeGreaterThan(0);

      // Where a page starts is what the one before says.
      await world.control(service, "switches", { "page-limit": 60, "page-starts": "gaps" });
      expect((await world.plan()).code).toBe(0);
      await world.run(["state", "rm", WEBHOOK]);
      const adopted = await world.apply();
      expect(errors(adopted)).toEqual([]);
      expect(adopted.said.map(codeOf)).toContain("webhook-adopted");
      expect(await world.state(WEBHOOK)).toMatchObject({ webhook_id: created?.["webhook_id"] });
    },
    { seed },
  );
});

describe("a release", () => {
  scenario(
    "that is too old for an event that Spacelift needs is an error at plan, and nothing is written",
    async (world) => {
      await world.write(usual);
      const planned = await world.plan();
      expect(
        planned.said
          .filter((one) => codeOf(one) === "event-not-supported")
          .map((one) => [one.severity, one.address])
          .sort(),
      ).toEqual([
        ["error", WEBHOOK],
        ["error", NETWORKING],
      ]);
      expect(errors(planned).join()).toMatch(
        /Bitbucket 6\.10.*pr:from_ref_updated exists from 7\.0 on.*Spacelift needs it.*7\.0 or newer/s,
      );
      expect(await world.hooks(DATACENTER, "infrastructure")).toEqual([]);
    },
    switched({ version: "6.10" }),
  );

  for (const [name, values] of [
    ["7.21, whose webhooks have fewer fields", { version: "7.21" }],
    ["10.0, with dates as texts in answers and deliveries", { version: "10.0", "rest-timestamps": "iso" }],
    ["of any version, with its events in another order each time", { "event-order": "random" }],
  ] as const) {
    scenario(
      `${name} is no drift, and its deliveries start runs`,
      async (world) => {
        await world.write(usual);
        await world.settle();
        await world.write(configuration(DATACENTER, { webhook: { title: "Changed" } }));
        await world.settle();
        await world.control(service, "push", { ...repositoryOf(DATACENTER, "infrastructure"), branch: "main" });
        const [delivery] = (await world.control("spacelift", "deliveries")) as readonly { status: number }[];
        expect(delivery).toMatchObject({ status: 200 });
      },
      switched(values),
    );
  }
});

scenario("a personal repository is one like any other, in the configuration and as an import id", async (world) => {
  const { [DATACENTER.webhook]: _, ...others } = usual.resource;
  const webhook = { mine: { project: "~dev", repository: "experiments", ...wiredTo(INTEGRATION) } };
  const declared = { resource: { ...others, [DATACENTER.webhook]: webhook } };
  await world.write(declared);
  await world.settle();
  const address = `${DATACENTER.webhook}.mine`;
  const { webhook_id: id } = (await world.state(address)) ?? {};
  await world.run(["state", "rm", address]);
  await world.write({ ...declared, import: [{ to: address, id: `~dev/experiments/${String(id)}` }] });
  await world.settle();
  expect(await world.state(address)).toMatchObject({ webhook_id: id, project: "~dev", repository: "experiments" });
});

scenario("a login that may not administer the repository is told so, keeps the state, and deletes nothing", async (world) => {
  await world.establish(usual);
  const before = await world.state(WEBHOOK);
  await changeRepository(world, DATACENTER, "infrastructure", "hide");
  for (const ran of [await world.plan(), await world.destroy()]) {
    expect(ran.said.filter(({ severity }) => severity === "error").map((one) => [one.address, codeOf(one)])).toEqual([
      [WEBHOOK, "remote-permission-denied"],
    ]);
  }
  // The refresh of a destroy is refused before anything is deleted; without it, the delete is.
  const destroyed = await world.run(["destroy", "-json", "-input=false", "-auto-approve", "-refresh=false", `-target=${WEBHOOK}`]);
  expect(errors(destroyed).join()).toMatch(/answered 401 to DELETE .*needs REPO_ADMIN on PLAT\/infrastructure/s);
  expect(await world.state(WEBHOOK)).toEqual(before);
  await changeRepository(world, DATACENTER, "infrastructure", "show");
  expect((await world.plan()).code).toBe(0);
});

scenario(
  "an address that a server redirects to the new name of a repository is reported, and works",
  async (world) => {
    await world.establish(usual);
    const before = await world.state(WEBHOOK);
    await changeRepository(world, DATACENTER, "infrastructure", "rename", "platform-infrastructure");
    const planned = await world.plan();
    expect(planned.code).toBe(0);
    expect(planned.said.map((one) => [one.address, codeOf(one)])).toEqual([[WEBHOOK, "repository-renamed"]]);
    expect(warnings(planned).join()).toContain("PLAT/platform-infrastructure");
    await world.write(configuration(DATACENTER, { webhook: { title: "Changed" } }));
    await world.settle();
    expect(await world.hooks(DATACENTER, "platform-infrastructure")).toMatchObject([{ id: before?.["webhook_id"], title: "Changed" }]);
  },
  switched({ renamed: "redirect" }),
);

describe("webhooks of the project", () => {
  const add = (world: World, url: unknown) =>
    world.bitbucket(DATACENTER, "POST", "/projects/PLAT/webhooks", { name: "Of the whole project", url, events: ["repo:refs_changed"] });

  scenario("with the same URL are warned of by plan and by create, and are left alone", async (world) => {
    await world.establish(usual);
    await add(world, (await world.state(INTEGRATION))?.["webhook_url"]);
    const said = [
      ["warning", NETWORKING, "webhook-of-project"],
      ["warning", WEBHOOK, "webhook-of-project"],
    ];
    const planned = await world.plan();
    expect(planned.changes).toEqual([]);
    expect(planned.said.map((one) => [one.severity, one.address, codeOf(one)]).sort()).toEqual(said.sort());
    expect(warnings(planned)[0]).toMatch(/project PLAT has a webhook .*"Of the whole project" \d+.*each event arrives twice/s);

    expect(errors(await world.destroy())).toEqual([]);
    const created = await world.apply();
    expect(errors(created)).toEqual([]);
    expect(created.said.map((one) => [one.severity, one.address, codeOf(one)]).sort()).toEqual(said.sort());
    const left = (await world.bitbucket(DATACENTER, "GET", "/projects/PLAT/webhooks")) as { values: unknown[] };
    expect(left.values).toMatchObject([{ name: "Of the whole project", active: true }]);
  });

  scenario(
    "cannot be asked for on a server without that list, which is said once, and the rest works",
    async (world) => {
      await world.write(usual);
      const applied = await world.settle();
      expect(applied.said.map(codeOf)).toEqual(["webhook-of-project-not-checked"]);
      const operationsSeen = (await requestsOf(world, service)).map(({ operation }) => operation);
      expect(operationsSeen).toContain("listRepositoryHooks");
    },
    switched({ "webhook-search": "absent" }),
  );
});
