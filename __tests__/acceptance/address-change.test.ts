/** An address that changes without `moved`: both halves run side by side, and the webhook is neither lost nor doubled. */
import { codeOf, errors, scenario, TOKEN_VARIABLE, toldIn, type World } from "./world";

const TIMES = 20;
const HUB = "bitlift_bitbucket_cloud_integration.hub";
const names = ["one", "other"] as const;
const nameOf = (time: number): string => names[time % 2] ?? "";

/**
 * The webhook at one of two addresses. In two rounds of four a Space hangs on it; the round after takes both away, and the engine lets the
 * webhook's delete wait for the Space's: then the create comes first, otherwise the delete does.
 */
function configurationOf(time: number): Record<string, unknown> {
  return {
    resource: {
      bitlift_bitbucket_cloud_integration: { hub: { name: "Hub", email: "spacelift@acme.example", api_token_env: TOKEN_VARIABLE } },
      bitlift_bitbucket_cloud_webhook: {
        [nameOf(time)]: {
          workspace: "acme-workspace",
          repository: "infrastructure",
          integration_id: `\${${HUB}.id}`,
          webhook_url: `\${${HUB}.webhook_url}`,
          secret_fingerprint: `\${${HUB}.webhook_secret_fingerprint}`,
        },
      },
      ...(time % 4 < 2
        ? {
            bitlift_space: {
              [`brake-${nameOf(time)}`]: { name: `Brake ${nameOf(time)}`, depends_on: [`bitlift_bitbucket_cloud_webhook.${nameOf(time)}`] },
            },
          }
        : {}),
    },
  };
}

async function stored(world: World): Promise<readonly { name: string; uuid: string | undefined }[]> {
  const { resources } = JSON.parse(await world.stateFile()) as {
    resources: { type: string; name: string; instances: { attributes: { uuid?: string } }[] }[];
  };
  return resources
    .filter(({ type }) => type === "bitlift_bitbucket_cloud_webhook")
    .flatMap(({ name, instances }) => instances.map(({ attributes }) => ({ name, uuid: attributes.uuid })));
}

/** One webhook in Bitbucket, one address in the state, and they are the same. */
async function once(world: World, time: number): Promise<void> {
  const hooks = (await world.hooks("infrastructure")).map((hook) => ({ name: nameOf(time), uuid: hook["uuid"] }));
  expect([time, hooks.length, await stored(world)]).toEqual([time, 1, hooks]);
}

/** Slow requests of either half in turn, so that each meets the other in the middle. */
async function slow(world: World, time: number): Promise<void> {
  const delay = { kind: "delay", milliseconds: 300 };
  if (time % 4 === 1 || time % 4 === 2) await world.control("spacelift", "faults", { operation: "spaceDelete", ...delay });
  const operations = time % 2 === 0 ? ["deleteRepositoryHook"] : ["createRepositoryHook", "updateRepositoryHook"];
  for (const operation of operations) await world.control("bitbucket-cloud", "faults", { operation, ...delay });
}

scenario(`an address that changes ${String(TIMES)} times keeps one webhook, whichever half comes first`, async (world) => {
  await world.write(configurationOf(0));
  expect(errors(await world.apply())).toEqual([]);
  const orders = { "create first": 0, "delete first": 0 };
  for (let time = 1; time <= TIMES; time++) {
    await world.write(configurationOf(time));
    await slow(world, time);
    const applied = await world.apply();
    expect([time, errors(applied)]).toEqual([time, []]);
    for (const service of ["spacelift", "bitbucket-cloud"] as const) await world.control(service, "faults", undefined, "DELETE");
    const done = toldIn(applied.stdout).filter(({ type, address }) => type === "apply_complete" && address.includes("webhook"));
    expect([time, done.map(({ action }) => action).sort()]).toEqual([time, ["create", "delete"]]);
    orders[applied.said.some((one) => codeOf(one) === "webhook-delete-kept") ? "create first" : "delete first"] += 1;
    await once(world, time);
  }
  process.stdout.write(`${String(TIMES)} address changes: ${JSON.stringify(orders)}\n`);
  expect((await world.plan()).code).toBe(0);
});

scenario("an address that changes while the delete fails costs one more apply, and not the webhook", async (world) => {
  await world.write(configurationOf(2));
  expect(errors(await world.apply())).toEqual([]);
  for (const [index, kind] of ["reset-before", "reset-after"].entries()) {
    // From 2 to 3 and on to 4 nothing holds the delete back.
    const time = 3 + index;
    await world.write(configurationOf(time));
    await world.control("bitbucket-cloud", "faults", { operation: "deleteRepositoryHook", kind });
    expect(errors(await world.apply()).join()).toMatch(/gave no answer to "DELETE .*Whether it was carried out is not known/s);
    expect([kind, errors(await world.apply())]).toEqual([kind, []]);
    await once(world, time);
    expect([kind, (await world.plan()).code]).toEqual([kind, 0]);
  }
});
