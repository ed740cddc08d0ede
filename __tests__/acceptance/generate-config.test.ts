/** `plan -generate-config-out`: the engine writes the configuration of imported objects, and each message about a missing value has the line to add. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CLOUD, PRODUCTS, type EngineRun, type Harness } from "../../tools/harness";
import { configuration, SPACE } from "./configuration";
import { errorCodes, errors, textAt, warningCodes } from "./diagnostics";
import { scenario } from "./scenario";

const GENERATED = "generated.tf";

/** Deploys a Space, and an integration and a webhook of each product; then forgets the state. Returns the import blocks. */
async function importBlocks({ folder }: Harness): Promise<readonly { readonly to: string; readonly id: string }[]> {
  const resources = PRODUCTS.map((product) => configuration(product).resource);
  await folder.deploy({ resource: Object.assign({}, ...resources) as object });
  const imports = [{ to: SPACE, id: String((await folder.state(SPACE))?.["id"]) }];
  for (const product of PRODUCTS) {
    imports.push({ to: product.INTEGRATION, id: "payments" });
    imports.push({
      to: product.WEBHOOK,
      id: product.importId("infrastructure", (await folder.state(product.WEBHOOK))?.[product.webhookIdAttribute]),
    });
  }
  await rm(join(folder.path, "terraform.tfstate"));
  return imports;
}

/** Follows the advice in a message: replaces the argument's line in the resource with the line in the message. */
function addLine(text: string, address: string, run: EngineRun): string {
  const [line = "", argument = ""] = /(\w+) = "[^"]+"/.exec(textAt(run, address).replace(/\s+/g, " ")) ?? [];
  const [type = "", name = ""] = address.split(".");
  const start = text.indexOf(`resource "${type}" "${name}"`);
  return text.slice(0, start) + text.slice(start).replace(new RegExp(`${argument} +=.*`), line);
}

scenario("the generated configuration, with the lines from the messages, imports everything; then the plan is empty", async (harness) => {
  const { folder } = harness;
  const blocks = await importBlocks(harness);
  await folder.write({ import: blocks });
  const generated = await folder.plan([`-generate-config-out=${GENERATED}`]);
  expect(errorCodes(generated)).toEqual(["credential-form", "credential-form"]);
  expect(warningCodes(generated).filter((code) => /^[a-z-]+$/.test(code))).toEqual(["import-incomplete"]);

  const path = join(folder.path, GENERATED);
  let text = await readFile(path, "utf8");
  for (const address of [...PRODUCTS.map(({ INTEGRATION }) => INTEGRATION), CLOUD.WEBHOOK]) text = addLine(text, address, generated);
  await writeFile(path, text);
  const planned = await folder.plan();
  expect(errors(planned)).toEqual([]);
  expect(planned.changes.map(({ address, importing }) => [address, importing])).toEqual(blocks.map(({ to }) => [to, true]).sort());
  expect(warningCodes(planned)).not.toContain("import-incomplete");
  await folder.applyAndReplan();
});
