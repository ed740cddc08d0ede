/** Whether a folder is still prepared: its marker names what `init` made. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isInitialized, writeMarker } from "../../deployment/initialized";

const PROVIDERS = "providers/registry.example/acme/bitlift/0.1.0";

let root: string;
let data: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "initialized-"));
  data = join(root, "data");
  mkdirSync(join(data, PROVIDERS), { recursive: true });
  mkdirSync(join(root, "cache"));
  symlinkSync(join(root, "cache"), join(data, PROVIDERS, "linux_amd64"));
  writeFileSync(join(data, "terraform.tfstate"), "{}");
  await writeMarker(data, "hash");
});
afterEach(() => rmSync(root, { recursive: true }));

it("is prepared for what the marker says", async () => {
  expect(await isInitialized(data, "hash")).toBe(true);
  expect(await isInitialized(data, "other")).toBe(false);
});

it.each([
  ["the providers", "data/providers"],
  ["what a link to a provider stands for", "cache"],
  ["the settings of the backend", "data/terraform.tfstate"],
  ["the marker", "data/bitlift-init"],
])("is no longer prepared without %s", async (_case, path) => {
  rmSync(join(root, path), { recursive: true });
  expect(await isInitialized(data, "hash")).toBe(false);
});

it("a marker of an earlier version is not enough", async () => {
  writeFileSync(join(data, "bitlift-init"), "hash");
  expect(await isInitialized(data, "hash")).toBe(false);
});
