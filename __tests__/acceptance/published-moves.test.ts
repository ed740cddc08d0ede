/** Moves from the published providers: a `moved` block takes over an object without a remote change, and the state keeps no secret. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fingerprint } from "../../packages/domain";
import { changedAttributes, PRODUCTS, type Harness, type PlanRun, type Product } from "../../tools/harness";
import { configuration, TOKEN } from "./configuration";
import { errorCodes, errors, textOf, warnings } from "./diagnostics";
import { installPublished, registryHost } from "./published-plugins";
import { asPublished, movedBlocks, type Secrets } from "./published-state";
import { countWrites } from "./request-log";
import { scenario } from "./scenario";

const PAGES = resolve(__dirname, "../../docs/resources");

/** Deploys the default configuration, and replaces its state by the one that the published providers would have stored. Returns the secrets in it. */
async function deployPublished(
  { folder, remote }: Harness,
  product: Product,
  changes: Partial<Secrets> = {},
  resources = configuration(product),
) {
  await installPublished(folder);
  await folder.deploy(resources);
  const ours = await folder.stateFile();
  const document = `query($id:ID!){found:${product.query}(id:$id){webhookSecret}}`;
  const { found } = await remote.graphql<{ readonly found: { readonly webhookSecret: string } }>(document, { id: "payments" });
  const secrets = { accessToken: TOKEN, webhookSecret: found.webhookSecret, ...changes };
  await folder.writeState(asPublished(ours, registryHost(folder), secrets));
  await folder.write({ ...resources, moved: movedBlocks(ours) });
  await remote.clearRequests(["spacelift", product.service]);
  return { secrets: [TOKEN, found.webhookSecret], moved: movedBlocks(ours) };
}

/** The addresses from which the plan moves, by the address to which it moves. */
function movesIn({ json }: PlanRun): Readonly<Record<string, string>> {
  const { resource_changes: changes } = JSON.parse(json) as {
    readonly resource_changes: readonly { readonly address: string; readonly previous_address?: string }[];
  };
  return Object.fromEntries(
    changes.flatMap(({ address, previous_address: from }) => (from === undefined ? [] : [[address, from] as const])),
  );
}

const shownIn = ({ changes }: PlanRun) =>
  Object.fromEntries(changes.map((change) => [change.address, [change.actions.join(), changedAttributes(change)]]));

describe.each(PRODUCTS)("on $title", (product) => {
  const { INTEGRATION, WEBHOOK, NETWORKING } = product;
  const isCloud = product.name === "cloud";
  const token = [INTEGRATION, ["update", [product.token.variable, "credential_fingerprint"].sort()]] as const;

  scenario("a moved block takes over every object; the apply makes no remote change, and the next plan is empty", async (harness) => {
    const { folder, remote } = harness;
    const { secrets, moved } = await deployPublished(harness, product);
    const planned = await folder.plan();
    if (!folder.engine.movesBetweenTypes) {
      // The message of the engine itself.
      expect([planned.code, errors(planned).join()]).toEqual([1, expect.stringMatching(/Resource type mismatch|moved.*not valid/s)]);
      return;
    }
    expect(errors(planned)).toEqual([]);
    expect(warnings(planned)).toEqual([]);
    expect(movesIn(planned)).toEqual(Object.fromEntries(moved.map(({ from, to }) => [to, from])));
    expect(shownIn(planned)).toEqual(isCloud ? {} : Object.fromEntries([token]));
    await folder.applyAndReplan();
    expect(await countWrites(remote, product)).toBe(0);
    const state = await folder.stateFile();
    for (const secret of secrets) expect(state).not.toContain(secret);
    expect(await folder.state(WEBHOOK)).toMatchObject({ integration_id: "payments", secret_fingerprint: fingerprint(secrets[1] ?? "") });
    expect(await folder.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN), detach_protection: true });
  });

  scenario("without secrets in the old state, the first apply records or sends them, in place", async (harness) => {
    const { folder, remote } = harness;
    const before = await deployPublished(harness, product, { accessToken: null, webhookSecret: null });
    if (!folder.engine.movesBetweenTypes) return;
    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    const secret = ["update", ["secret_fingerprint"]];
    expect(shownIn(planned)).toEqual(isCloud ? { [WEBHOOK]: secret, [NETWORKING]: secret } : Object.fromEntries([token]));
    await folder.applyAndReplan();
    expect(await countWrites(remote, product)).toBe(isCloud ? 2 : 1);
    for (const text of before.secrets) expect(await folder.stateFile()).not.toContain(text);
  });

  scenario("a set of webhooks keeps its keys", async (harness) => {
    const { folder, remote } = harness;
    const { resource } = configuration(product);
    const [webhook] = Object.values(resource[product.webhook] ?? {});
    const set = { ...(webhook as object), for_each: '${toset(["infrastructure", "networking"])}', repository: "${each.key}" };
    await deployPublished(harness, product, {}, { resource: { ...resource, [product.webhook]: { set } } });
    if (!folder.engine.movesBetweenTypes) return;
    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    expect(Object.keys(movesIn(planned))).toEqual(
      expect.arrayContaining(["infrastructure", "networking"].map((key) => `${product.webhook}.set["${key}"]`)),
    );
    expect(shownIn(planned)).toEqual(isCloud ? {} : Object.fromEntries([token]));
    await folder.applyAndReplan();
    expect(await countWrites(remote, product)).toBe(0);
  });

  scenario("the state of a fork causes an error with the import as the way, before any change", async (harness) => {
    const { folder, remote } = harness;
    await deployPublished(harness, product);
    if (!folder.engine.movesBetweenTypes) return;
    const state = await folder.stateFile();
    await folder.writeState(state.replaceAll(/(spacelift-io|drfaust92|gavinbunney)\//g, "fork-of-$1/"));
    const planned = await folder.plan();
    expect(planned.code).toBe(1);
    expect(new Set(errorCodes(planned))).toEqual(new Set(["move-not-supported"]));
    expect(textOf(planned, "move-not-supported")).toMatch(
      /`spacelift_space` of registry\.(terraform\.io|opentofu\.org)\/fork-of-spacelift-io\/spacelift cannot become.*only `spacelift_space` of spacelift-io\/spacelift.*removed.*import/s,
    );
    expect(await countWrites(remote, product)).toBe(0);
  });
});

scenario("the moved blocks of the reference pages are valid", async ({ folder }) => {
  const pages = await Promise.all((await readdir(PAGES)).map((name) => readFile(join(PAGES, name), "utf8")));
  const blocks = pages.flatMap((page) => page.match(/^moved \{$.*?^\}$/gms) ?? []);
  expect(blocks).toHaveLength(4);
  await folder.write({});
  await writeFile(join(folder.path, "moves.tf"), blocks.join("\n"));
  const { code, output } = await folder.run(["validate", "-no-color"]);
  // Without resources at these addresses, older engines do not check them.
  expect([code, output]).toEqual([0, expect.stringContaining("Success!")]);
});
