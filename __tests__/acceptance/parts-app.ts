/** STAND-IN, to be replaced at the merge by main.ts: an app with a stack for each part of a simple bitlift.yaml. */
import { readFileSync } from "node:fs";
import { App, TerraformStack } from "cdktf";
import { parse } from "yaml";
import { bindings, BitbucketCloudIntegration, BitliftProvider, Credential, Space, type ISpace } from "../../lib";

const file = parse(readFileSync("bitlift.yaml", "utf8")) as {
  parts?: string;
  spaces?: Record<string, { name: string }>;
  integrations?: Record<
    string,
    { name: string; space?: string; repositories?: string[]; cloud: { email: string; token: { env: string } } }
  >;
};
const app = new App();
const wanted = process.env["BITLIFT_PARTS"]?.split(",");
const isWanted = (name: string) => wanted === undefined || wanted.includes(name);
const stacks = new Map<string, TerraformStack>();
function stack(name: string): TerraformStack {
  const existing = stacks.get(name);
  if (existing !== undefined) return existing;
  const made = new TerraformStack(app, name);
  new BitliftProvider(made, "bitlift");
  stacks.set(name, made);
  return made;
}
const split = file.parts === "integration";
const spaces = new Map<string, ISpace>();
const spacesPart = split ? "spaces" : "main";
if (isWanted(spacesPart))
  for (const [key, { name }] of Object.entries(file.spaces ?? {})) spaces.set(key, new Space(stack(spacesPart), `space-${key}`, { name }));
for (const [key, { name, space, cloud, repositories = [] }] of Object.entries(file.integrations ?? {})) {
  const part = split ? key : "main";
  if (!isWanted(part)) continue;
  const lookedUp =
    split && space !== undefined
      ? Space.fromSpaceId(
          new bindings.dataBitliftSpace.DataBitliftSpace(stack(part), `lookup-${space}`, {
            name: file.spaces![space]!.name,
            parentSpaceId: "root",
          }).id,
        )
      : spaces.get(space ?? "");
  const credential = { email: cloud.email, apiToken: Credential.fromEnvironment(cloud.token.env) };
  new BitbucketCloudIntegration(stack(part), key, { name, space: lookedUp, credential }).addRepositories(repositories);
}
app.synth();
