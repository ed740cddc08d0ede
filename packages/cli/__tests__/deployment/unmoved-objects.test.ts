/** What is said about a part that failed, from its state and its configuration. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Interruption } from "../../deployment/child";
import { unmovedObjectsText } from "../../deployment/unmoved-objects";

let folder: string;
const interruption = new Interruption();
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "it's-"))));
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => interruption.stop());

const SERVER = "registry.terraform.io/gavinbunney/bitbucketserver";
const SPACELIFT = "registry.terraform.io/spacelift-io/spacelift";

/** @param objects addresses, each with the provider in the state */
function adviceFor(objects: Readonly<Record<string, string>>, configuration: object): Promise<string | undefined> {
  const resources = Object.entries(objects).map(([address, provider]) => {
    const [type, name] = address.split(".");
    return { mode: "managed", type, name, provider, instances: [{ attributes: { id: "1" } }] };
  });
  writeFileSync(join(folder, "terraform.tfstate"), JSON.stringify({ version: 4, resources }));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
  const part = { name: "main", folder, file: join(folder, "cdk.tf.json"), dependencies: [], after: [], lookedUp: undefined };
  const engine = { path: "/opt/tofu", name: "OpenTofu", version: "1.10.0" } as never;
  return unmovedObjectsText(part, { engine, interruption });
}

it("objects without their provider block are named in a command that deletes them", async () => {
  const objects = {
    "bitbucketserver_repository_webhook.a": `provider["${SERVER}"].main`,
    "spacelift_bitbucket_datacenter_integration.b": `provider["${SPACELIFT}"].main`,
    "bitbucketserver_repository_webhook.kept": `provider["${SERVER}"].main`,
    "spacelift_space.c": `provider["${SPACELIFT}"]`,
  };
  const resource = { bitbucketserver_repository_webhook: { kept: {} } };
  const advice = await adviceFor(objects, { resource, provider: { bitlift: [{}] } });
  expect(advice).toContain("The state of part main has 2 objects whose provider left the configuration");
  expect(advice?.split("\n").at(-1)).toBe(
    `  (cd '${folder.replace("'", `'\\''`)}' && tofu apply -destroy -target=bitbucketserver_repository_webhook.a -target=spacelift_bitbucket_datacenter_integration.b)`,
  );
});

it("objects of Bitlift's own provider are named in it, too", async () => {
  const advice = await adviceFor({ "bitlift_space.a": 'provider["terraform.local/bitlift/bitlift"]' }, { provider: { spacelift: [{}] } });
  expect(advice).toMatch(/has 1 object whose provider[\s\S]*tofu apply -destroy -target=bitlift_space\.a\)$/);
});

it("nothing is said if each object has its block, or if the engine makes it", async () => {
  const objects = {
    "bitbucketserver_repository_webhook.a": `provider["${SERVER}"].main`,
    "spacelift_space.c": `provider["${SPACELIFT}"]`,
    "null_resource.d": 'provider["registry.terraform.io/hashicorp/null"].other',
  };
  expect(await adviceFor(objects, { provider: { bitbucketserver: [{ alias: "main" }] } })).toBeUndefined();
});
