/** What a peer's folder offers, and the variables that its setup prints. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerVariables, printedVariables } from "../peer-deployment";
import { peerAt } from "../peer-folder";

/** A folder with these entries; a name that ends with a slash is a folder. */
function folderWith(...entries: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), "peer-"));
  for (const entry of entries) {
    if (entry.endsWith("/")) mkdirSync(join(root, entry));
    else writeFileSync(join(root, entry), "");
  }
  return root;
}

describe("which folder is measured", () => {
  it.each([
    ["a configuration", ["main.tf"], { plan: ".", apply: "." }],
    ["a configuration in JSON", ["main.tf.json"], { plan: ".", apply: "." }],
    ["a setup, which may write the configuration", ["setup"], { plan: ".", apply: "." }],
    ["folders for plans only", ["20/", "1000/", "setup"], { plan: "1000", apply: undefined }],
    ["folders for both", ["1000/", "apply-1000/"], { plan: "1000", apply: "apply-1000" }],
    ["folders for other numbers only", ["20/", "apply-20/"], { plan: undefined, apply: undefined }],
    ["a folder for a number beside a configuration", ["20/", "main.tf"], { plan: undefined, apply: undefined }],
  ])("of a peer with %s", (_case, entries, expected) => {
    const peer = peerAt(folderWith(...entries));
    expect({ plan: peer.folderFor("plan", 1000), apply: peer.folderFor("apply", 1000) }).toEqual(expected);
  });

  it("a folder with nothing to measure is an error that says what is missing", () => {
    expect(() => peerAt(folderWith("README.md", "modules/"))).toThrow(/contains no configuration, no executable setup, and no folder/);
  });
});

it("the name of a peer is that of its folder", () => {
  const root = folderWith("gobucket/", "gobucket/main.tf");
  expect(peerAt(join(root, "gobucket"))).toMatchObject({ name: "gobucket", root: join(root, "gobucket") });
});

it("lines of the form NAME=value become variables of the engine, and others are ignored", () => {
  const output = "Creating webhooks\nBITBUCKET_SERVER=http://127.0.0.1:1/x?a=b\nTF_VAR_empty=\nnot a variable = 1\n";
  expect(printedVariables(output)).toEqual({ BITBUCKET_SERVER: "http://127.0.0.1:1/x?a=b", TF_VAR_empty: "" });
});

it("a peer's configuration receives the sandbox's address and credentials as variables", () => {
  const environment = {
    BITBUCKET_API_URL: "u",
    BITBUCKET_ACCESS_TOKEN: "t",
    BITBUCKET_DATACENTER_URL: "d",
    BITBUCKET_DATACENTER_TOKEN: "dt",
  };
  const origin = { origin: "" };
  const address = { environment, spacelift: origin, bitbucketCloud: origin, bitbucketDatacenter: origin };
  expect(peerVariables(address, 20)).toEqual({
    ...environment,
    TF_VAR_webhooks: "20",
    TF_VAR_bitbucket_cloud_url: "u",
    TF_VAR_bitbucket_cloud_token: "t",
    TF_VAR_bitbucket_workspace: "acme-workspace",
    TF_VAR_bitbucket_datacenter_url: "d",
    TF_VAR_bitbucket_datacenter_token: "dt",
    TF_VAR_bitbucket_project: "PLAT",
  });
});
