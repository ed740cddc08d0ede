/** A resource address that changes without a `moved` block: create and delete run concurrently, and the webhook is neither lost nor duplicated. */
import {
  codeOf,
  integrationReferences,
  PRODUCTS,
  progressIn,
  repositoryFields,
  withoutUndefined,
  type PreparedFolder,
  type Product,
  type SandboxClient,
} from "../../tools/harness";
import { servicesOf } from "./concurrent-operations";
import { defaultCredential } from "./configuration";
import { errorCodes, errors } from "./diagnostics";
import { scenario } from "./scenario";

const TIMES = 20;
const NAMES = ["one", "other"] as const;
const nameAt = (time: number): string => NAMES[time % 2] ?? "";

/**
 * The webhook at one of two addresses. In two of four rounds, a Space depends on it; the next round removes both, and the engine must delete
 * the Space before the webhook, so the create runs first. In the other rounds, the delete runs first.
 */
function configurationAt(product: Product, time: number): Record<string, unknown> {
  const name = nameAt(time);
  const space = { [`brake-${name}`]: { name: `Brake ${name}`, depends_on: [`${product.webhook}.${name}`] } };
  const webhook = { ...repositoryFields(product, "infrastructure"), ...integrationReferences(`${product.integration}.hub`) };
  return {
    resource: withoutUndefined({
      [product.integration]: { hub: { name: "Hub", ...defaultCredential(product) } },
      [product.webhook]: { [name]: webhook },
      bitlift_space: time % 4 < 2 ? space : undefined,
    }),
  };
}

async function webhooksInState(folder: PreparedFolder, product: Product): Promise<readonly { name: string; id: unknown }[]> {
  const { resources } = JSON.parse(await folder.stateFile()) as {
    resources: { type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[];
  };
  return resources
    .filter(({ type }) => type === product.webhook)
    .flatMap(({ name, instances }) => instances.map(({ attributes }) => ({ name, id: attributes[product.webhookIdAttribute] })));
}

/** Bitbucket and the state each have one webhook, with the same id. */
async function expectOneWebhook(folder: PreparedFolder, remote: SandboxClient, product: Product, time: number): Promise<void> {
  const webhooks = (await remote.webhooks(product, "infrastructure")).map(({ id }) => ({ name: nameAt(time), id }));
  expect([time, webhooks.length, await webhooksInState(folder, product)]).toEqual([time, 1, webhooks]);
}

/** Delays the requests of the create or of the delete in turn, so that each one runs while the other is in progress. */
async function delayOneHalf(remote: SandboxClient, product: Product, time: number): Promise<void> {
  const delay = { kind: "delay", milliseconds: 300 };
  if (time % 4 === 1 || time % 4 === 2) await remote.control("spacelift", "faults", { operation: "spaceDelete", ...delay });
  const { create, update, remove } = product.operations;
  for (const operation of time % 2 === 0 ? [remove] : [create, update])
    await remote.control(product.service, "faults", { operation, ...delay });
}

describe.each(PRODUCTS)("on $title", (product) => {
  scenario(
    `an address that changes ${TIMES} times keeps one webhook, whether the create or the delete runs first`,
    async ({ folder, remote }) => {
      await folder.deploy(configurationAt(product, 0));
      const orders = { "create first": 0, "delete first": 0 };
      for (let time = 1; time <= TIMES; time++) {
        await folder.write(configurationAt(product, time));
        await delayOneHalf(remote, product, time);
        const applied = await folder.apply();
        expect([time, errors(applied)]).toEqual([time, []]);
        await remote.clearFaults(servicesOf(product));
        const completed = progressIn(applied.stdout).filter(
          ({ type, address }) => type === "apply_complete" && address.includes("webhook"),
        );
        expect([time, completed.map(({ action }) => action).sort()]).toEqual([time, ["create", "delete"]]);
        const skipped = applied.diagnostics.some((diagnostic) => codeOf(diagnostic) === "webhook-delete-skipped");
        orders[skipped ? "create first" : "delete first"] += 1;
        await expectOneWebhook(folder, remote, product, time);
      }
      process.stdout.write(`${product.title}: ${TIMES} address changes: ${JSON.stringify(orders)}\n`);
      expect((await folder.plan()).code).toBe(0);
    },
  );

  scenario("an address change whose delete fails takes one more apply and keeps the webhook", async ({ folder, remote }) => {
    await folder.deploy(configurationAt(product, 2));
    for (const [index, kind] of ["reset-before", "reset-after"].entries()) {
      // From 2 to 3, and from 3 to 4, the delete does not wait for a Space.
      const time = 3 + index;
      await folder.write(configurationAt(product, time));
      await remote.control(product.service, "faults", { operation: product.operations.remove, kind });
      const failed = await folder.apply();
      expect([kind, errorCodes(failed)]).toEqual([kind, expect.arrayContaining(["remote-unreachable"])]);
      expect(errors(failed).join()).toContain('"DELETE ');
      expect([kind, errors(await folder.apply())]).toEqual([kind, []]);
      await expectOneWebhook(folder, remote, product, time);
      expect([kind, (await folder.plan()).code]).toEqual([kind, 0]);
    }
  });
});
