/** Webhooks are one per repository and URL: adopted, corrected, repaired, and never doubled. */
import { configuration, differences, errors, INTEGRATION, scenario, warnings, WEBHOOK, type World } from "./world";

const HOOKS = "/repositories/acme-workspace/infrastructure/hooks";

async function own(world: World): Promise<Record<string, unknown>> {
  const uuid = (await world.state(WEBHOOK))?.["uuid"];
  const hook = (await world.hooks("infrastructure")).find((one) => one["uuid"] === uuid);
  if (hook === undefined) throw new Error(`no webhook ${String(uuid)}`);
  return hook;
}

/** Changes the webhook as somebody in Bitbucket's settings page would. */
async function edit(world: World, changes: Record<string, unknown>): Promise<void> {
  const { url, description, active, events, skip_cert_verification, uuid } = await own(world);
  await world.bitbucket("PUT", `${HOOKS}/${encodeURIComponent(String(uuid))}`, {
    url,
    description,
    active,
    events,
    skip_cert_verification,
    ...changes,
  });
}

describe("what somebody changes in Bitbucket", () => {
  const table: [string, Record<string, unknown>, readonly string[]][] = [
    ["events taken away", { events: ["repo:push"] }, ["events"]],
    [
      "events added",
      {
        events: [
          "repo:push",
          "pullrequest:created",
          "pullrequest:updated",
          "pullrequest:approved",
          "pullrequest:unapproved",
          "pullrequest:fulfilled",
          "pullrequest:comment_created",
          "issue:created",
        ],
      },
      ["events"],
    ],
    ["another title", { description: "mine" }, ["title"]],
    ["switched off", { active: false }, ["active"]],
    ["another address", { url: "https://elsewhere.example/hook" }, ["uuid", "webhook_url"]],
    ["certificates not verified", { skip_cert_verification: true }, ["skip_certificate_verification"]],
    ["secret removed", { secret: null }, ["secret_fingerprint"]],
  ];

  scenario("is found and put right in place, one field as another", async (world) => {
    await world.write(configuration());
    await world.settle();
    for (const [name, changes, expected] of table) {
      await edit(world, changes);
      const planned = await world.plan();
      expect([name, planned.changes.map((change) => [change.address, change.actions.join(), differences(change)])]).toEqual([
        name,
        [[WEBHOOK, "update", expected]],
      ]);
      await world.settle();
      expect(await own(world)).toMatchObject({ secret_set: true, active: true });
    }
  });

  scenario("a webhook deleted by hand is planned as a create", async (world) => {
    await world.write(configuration());
    await world.settle();
    await world.bitbucket("DELETE", `${HOOKS}/${encodeURIComponent(String((await own(world))["uuid"]))}`);
    expect((await world.plan()).changes.map((change) => [change.address, change.actions.join()])).toEqual([[WEBHOOK, "create"]]);
    await world.settle();
  });

  scenario("a secret regenerated in Spacelift updates exactly the webhooks that use it", async (world) => {
    await world.write(configuration());
    await world.settle();
    await world.graphql('mutation{bitbucketCloudIntegrationRegenerateWebhookSecret(id:"payments"){id}}');
    const planned = await world.plan();
    expect(planned.changes.map((change) => change.type)).toEqual(["bitlift_bitbucket_cloud_webhook", "bitlift_bitbucket_cloud_webhook"]);
    await world.settle();
  });

  scenario("a rotation by attribute reaches every webhook in one apply", async (world) => {
    await world.write(configuration({ integration: { webhook_secret_rotation: "2026-10" } }));
    await world.settle();
    const before = (await world.state(INTEGRATION))?.["webhook_secret_fingerprint"];
    await world.write(configuration({ integration: { webhook_secret_rotation: "2026-11" } }));
    const planned = await world.plan();
    expect(planned.changes).toHaveLength(3);
    await world.settle();
    expect((await world.state(INTEGRATION))?.["webhook_secret_fingerprint"]).not.toBe(before);
    expect((await world.state(WEBHOOK))?.["secret_fingerprint"]).toBe((await world.state(INTEGRATION))?.["webhook_secret_fingerprint"]);
  });
});

describe("a webhook that is there already", () => {
  const prepare = async (world: World, copies: number) => {
    await world.write(configuration());
    await world.settle();
    const { url } = await own(world);
    await world.run(["state", "rm", WEBHOOK]);
    await world.bitbucket(
      "DELETE",
      `${HOOKS}/${encodeURIComponent(String((await world.hooks("infrastructure")).find((one) => one["url"] === url)?.["uuid"]))}`,
    );
    for (let copy = 0; copy < copies; copy++)
      await world.bitbucket("POST", HOOKS, { url, description: `by hand ${String(copy)}`, active: false, events: ["repo:push"] });
    return String(url);
  };

  scenario("is adopted and corrected, with a warning, and duplicates are named and left", async (world) => {
    const url = await prepare(world, 2);
    const applied = await world.apply();
    expect(errors(applied)).toEqual([]);
    expect(warnings(applied).join("\n")).toMatch(/was adopted.*by hand 0/s);
    expect(warnings(applied).join("\n")).toMatch(/Several webhooks have this URL.*by hand 1/s);
    expect((await world.hooks("infrastructure")).filter((hook) => hook["url"] === url)).toHaveLength(2);
    expect(await own(world)).toMatchObject({ active: true, secret_set: true, description: "Spacelift (payments)" });
    expect((await world.plan()).code).toBe(0);
  });

  scenario("is an error that names it when adoption is off", async (world) => {
    await prepare(world, 1);
    await world.write(configuration({ webhook: { adopt_existing: false } }));
    expect(errors(await world.apply()).join()).toMatch(/exists already.*by hand 0.*terraform import/s);
  });
});

scenario("an address changed without moved keeps the webhook, whichever half runs first", async (world) => {
  await world.write(configuration());
  await world.settle();
  const uuid = (await world.state(WEBHOOK))?.["uuid"];
  const renamed = JSON.parse(JSON.stringify(configuration())) as { resource: { bitlift_bitbucket_cloud_webhook: Record<string, unknown> } };
  const hooks = renamed.resource.bitlift_bitbucket_cloud_webhook;
  hooks["infra"] = hooks["infrastructure"];
  delete hooks["infrastructure"];
  await world.write(renamed);
  expect(errors(await world.apply())).toEqual([]);
  expect((await world.plan()).code).toBe(0);
  const now = (await world.state("bitlift_bitbucket_cloud_webhook.infra"))?.["uuid"];
  expect((await world.hooks("infrastructure")).map((hook) => hook["uuid"])).toContain(now);
  expect(typeof uuid).toBe("string");
});

scenario("a repository that is gone is a warning that keeps the state, and its webhook can be destroyed", async (world) => {
  await world.write(configuration());
  await world.settle();
  await world.control("bitbucket-cloud", "repository", { workspace: "acme-workspace", repository: "infrastructure", change: "delete" });
  const planned = await world.plan();
  expect(planned.code).toBe(0);
  expect(warnings(planned).join()).toMatch(/The repository is gone or invisible.*infrastructure/s);
  expect(errors(await world.destroy())).toEqual([]);
});

scenario("a renamed repository is reported with its new name, and following it keeps the webhook", async (world) => {
  await world.write(configuration());
  await world.settle();
  await world.control("bitbucket-cloud", "repository", {
    workspace: "acme-workspace",
    repository: "infrastructure",
    change: "rename",
    to: "platform-infrastructure",
  });
  const planned = await world.plan();
  expect(warnings(planned).join()).toContain("acme-workspace/platform-infrastructure");
  const followed = JSON.parse(JSON.stringify(configuration())) as {
    resource: { bitlift_bitbucket_cloud_webhook: { infrastructure: { repository: string } } };
  };
  followed.resource.bitlift_bitbucket_cloud_webhook.infrastructure.repository = "platform-infrastructure";
  await world.write(followed);
  expect(errors(await world.apply())).toEqual([]);
  expect((await world.hooks("platform-infrastructure")).filter((hook) => String(hook["url"]).endsWith("/payments"))).toHaveLength(1);
});
