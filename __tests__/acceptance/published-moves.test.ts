/** Moves from the published providers: a `moved` block takes over an object without a remote change, and the state keeps no secret. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fingerprint } from "../../packages/domain";
import { changedAttributes, DATACENTER, PRODUCTS, type Harness, type PlanRun, type Product } from "../../tools/harness";
import { configuration, TOKEN } from "./configuration";
import { errorCodes, errors, textOf, warnings } from "./diagnostics";
import { movedBlocks, configurationAsPublished, type PublishedChanges } from "./published-configuration";
import { countWrites } from "./request-log";
import { scenario } from "./scenario";

const PAGES = resolve(__dirname, "../../docs/resources");
const STAND_INS = { standIns: true };

/** Lets the published providers create the objects. Returns the webhook secret of the integration. */
async function deployPublished({ folder, remote }: Harness, product: Product, changes: PublishedChanges = {}): Promise<string> {
  await folder.deploy(configurationAsPublished(product, changes));
  const document = `query($id:ID!){found:${product.query}(id:$id){webhookSecret}}`;
  const { found } = await remote.graphql<{ readonly found: { readonly webhookSecret: string } }>(document, { id: "payments" });
  return found.webhookSecret;
}

/** Plans the default configuration, or another one, with a `moved` block for each published object. */
async function planMoves({ folder, remote }: Harness, product: Product, { resource } = configuration(product)): Promise<PlanRun> {
  await folder.write({ resource, moved: movedBlocks(resource) });
  await remote.clearRequests(["spacelift", product.service]);
  return folder.plan();
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
  const onBoth = (attributes: readonly string[]) => ({ [WEBHOOK]: ["update", attributes], [NETWORKING]: ["update", attributes] });

  scenario(
    "a moved block takes over every object; the apply makes no remote change, and the next plan is empty",
    async (harness) => {
      const { folder, remote } = harness;
      const secret = await deployPublished(harness, product);
      expect(await folder.stateFile()).toContain(secret);
      const planned = await planMoves(harness, product);
      if (!folder.engine.movesBetweenTypes) {
        expect([planned.code, errors(planned).join()]).toEqual([1, expect.stringMatching(/Resource type mismatch/)]);
        return;
      }
      expect(errors(planned)).toEqual([]);
      expect(warnings(planned)).toEqual([]);
      expect(movesIn(planned)).toEqual(Object.fromEntries(movedBlocks(configuration(product).resource).map(({ from, to }) => [to, from])));
      expect(shownIn(planned)).toEqual(isCloud ? {} : Object.fromEntries([token]));
      await folder.applyAndReplan();
      expect(await countWrites(remote, product)).toBe(0);
      for (const text of [secret, TOKEN]) expect(`${planned.json}${await folder.stateFile()}`).not.toContain(text);
      expect(await folder.state(WEBHOOK)).toMatchObject({ integration_id: "payments", secret_fingerprint: fingerprint(secret) });
      expect(await folder.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN), detach_protection: true });
    },
    STAND_INS,
  );

  scenario(
    "what the published providers do not do is corrected in place: the secret, the events, the title, the certificate",
    async (harness) => {
      const { folder, remote } = harness;
      const title = { [isCloud ? "description" : "name"]: "old" };
      const webhook = {
        ...title,
        secret: null,
        events: [product.events.push, product.events.other],
        ...(isCloud && { skip_cert_verification: null }),
      };
      const secret = await deployPublished(harness, product, { webhook });
      const planned = await planMoves(harness, product);
      if (!folder.engine.movesBetweenTypes) return;
      expect(errors(planned)).toEqual([]);
      const corrected = [
        "additional_events",
        "events",
        "secret_fingerprint",
        "title",
        ...(isCloud ? ["skip_certificate_verification"] : []),
      ].sort();
      expect(shownIn(planned)).toEqual({ ...onBoth(corrected), ...(isCloud ? {} : Object.fromEntries([token])) });
      await folder.applyAndReplan();
      expect(await countWrites(remote, product)).toBe(2);
      expect(await folder.stateFile()).not.toContain(secret);
      const [hook] = await remote.webhooks(product, "infrastructure");
      expect(hook).toMatchObject({ secret: true, verified: true, title: "Spacelift (payments)" });
      expect([...(hook?.events ?? [])].sort()).toEqual([...product.events.required].sort());
    },
    STAND_INS,
  );

  scenario(
    "another resource type of the published provider causes an error with the import as the way, before any change",
    async (harness) => {
      const { folder, remote } = harness;
      await deployPublished(harness, product);
      const { resource } = configuration(product);
      const { provider, variable } = configurationAsPublished(product);
      const from = isCloud ? "bitbucket_hook.networking" : "bitbucketserver_repository_webhook.networking";
      await folder.write({ provider, variable, resource, moved: [{ from, to: "bitlift_space.payments" }] });
      await remote.clearRequests(["spacelift", product.service]);
      const planned = await folder.plan();
      if (!folder.engine.movesBetweenTypes) return;
      expect(errorCodes(planned)).toEqual(["move-not-supported"]);
      expect(textOf(planned, "move-not-supported")).toMatch(
        /cannot become `bitlift_space`: it can take over only `spacelift_space` of spacelift-io\/spacelift.*removed.*import/s,
      );
      expect(await countWrites(remote, product)).toBe(0);
    },
    STAND_INS,
  );

  scenario(
    "a set of webhooks keeps its keys",
    async (harness) => {
      const { folder, remote } = harness;
      const asSet = (resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>, type: string) => {
        const set = {
          ...(resource[type]?.["infrastructure"] as object),
          for_each: '${toset(["infrastructure", "networking"])}',
          repository: "${each.key}",
        };
        return { ...resource, [type]: { set } };
      };
      const published = configurationAsPublished(product) as { readonly resource: Record<string, Record<string, unknown>> };
      const type = isCloud ? "bitbucket_hook" : "bitbucketserver_repository_webhook";
      await folder.deploy({ ...published, resource: asSet(published.resource, type) });
      const planned = await planMoves(harness, product, { resource: asSet(configuration(product).resource, product.webhook) });
      if (!folder.engine.movesBetweenTypes) return;
      expect(errors(planned)).toEqual([]);
      const addresses = ["infrastructure", "networking"].map((key) => `set["${key}"]`);
      expect(movesIn(planned)).toMatchObject(
        Object.fromEntries(addresses.map((name) => [`${product.webhook}.${name}`, `${type}.${name}`])),
      );
      expect(shownIn(planned)).toEqual(isCloud ? {} : Object.fromEntries([token]));
      await folder.applyAndReplan();
      expect(await countWrites(remote, product)).toBe(0);
    },
    STAND_INS,
  );
});

scenario(
  "a write-only token with the same version is not sent again",
  async (harness) => {
    const { folder, remote } = harness;
    if (!folder.engine.writeOnly) return;
    const writeOnly = { access_token_wo: TOKEN, access_token_wo_version: "1" };
    await deployPublished(harness, DATACENTER, { integration: { access_token: undefined, ...writeOnly } });
    const planned = await planMoves(
      harness,
      DATACENTER,
      configuration(DATACENTER, { integration: { access_token_env: undefined, ...writeOnly } }),
    );
    expect(errors(planned)).toEqual([]);
    // OpenTofu takes over the mark that `access_token_wo` is sensitive, and plans its removal as an update that changes no value.
    expect(shownIn(planned)).toEqual(folder.engine.name === "OpenTofu" ? { [DATACENTER.INTEGRATION]: ["update", []] } : {});
    await folder.applyAndReplan();
    expect(await countWrites(remote, DATACENTER)).toBe(0);
  },
  STAND_INS,
);

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
