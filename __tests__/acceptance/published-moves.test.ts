/** Moves from the published providers: a `moved` block takes over the object without a remote change. */
import { copyFile, mkdir } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { version } from "../../package.json";
import { changedAttributes, PLUGIN_EXECUTABLE, PLUGIN_SOURCE, PRODUCTS, type PreparedFolder } from "../../tools/harness";
import { configuration, TOKEN } from "./configuration";
import { errors, warnings } from "./diagnostics";
import { asPublished, movedBlocks } from "./published-state";
import { countWrites } from "./request-log";
import { scenario } from "./scenario";

async function install(folder: PreparedFolder, host: string) {
  const target = `${platform()}_${arch() === "arm64" ? "arm64" : "amd64"}`;
  const p = { bitlift: [PLUGIN_SOURCE, version], spacelift: [`${host}/spacelift-io/spacelift`, "1.53.5"], bitbucket: [`${host}/drfaust92/bitbucket`, "2.52.0"], bitbucketserver: [`${host}/gavinbunney/bitbucketserver`, "1.7.1"] } as const;
  for (const [name, [source, v]] of Object.entries(p)) {
    const dir = join(folder.path, "terraform.d/plugins", source, v, target);
    await mkdir(dir, { recursive: true });
    await copyFile(PLUGIN_EXECUTABLE, join(dir, `terraform-provider-${name}_v${v}`));
  }
  await folder.write({ terraform: { required_providers: Object.fromEntries(Object.entries(p).map(([n, [source, version]]) => [n, { source, version }])) } });
  const r = await folder.run(["init", "-input=false", "-no-color"]);
  if (r.code !== 0) throw new Error(r.output);
}

describe.each(PRODUCTS)("on $title", (product) => {
  scenario("x", async ({ folder, remote }) => {
    const host = folder.engine.name === "OpenTofu" ? "registry.opentofu.org" : "registry.terraform.io";
    await install(folder, host);
    await folder.deploy(configuration(product));
    const ours = await folder.stateFile();
    const { integration } = await remote.graphql<any>(`{integration: ${product.query}(id:"payments"){webhookSecret}}`);
    await folder.writeState(asPublished(ours, host, { accessToken: TOKEN, webhookSecret: integration.webhookSecret }));
    await folder.write({ ...configuration(product), moved: movedBlocks(ours) });
    await remote.clearRequests(["spacelift", product.service]);
    const planned = await folder.plan();
    console.log(errors(planned), warnings(planned), planned.changes.map((change) => [change.address, change.actions, changedAttributes(change)]), planned.output.slice(0, 3000), planned.json.slice(0,4000));
    const applied = await folder.applyAndReplan();
    console.log(await countWrites(remote, product), applied.output.slice(0, 2000));
    console.log((await folder.stateFile()));
  });
});
