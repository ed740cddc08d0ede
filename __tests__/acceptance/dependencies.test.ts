/** A real engine accepts what constructs write for `dependsOn` and `lifecycle`, and creates objects in that order. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformResource, TerraformStack } from "cdktf";
import { BitliftProvider, Space } from "../../lib";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { runProgram } from "../../tools/harness";
import { PRODUCT_CASES } from "../lib/synthesis";

// An engine takes seconds on a busy machine.
jest.setTimeout(60_000);

let folder: string;
let engine: Engine;

beforeAll(async () => (engine = await chooseEngine(process.env)));
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "dependencies-"))));
afterEach(() => rm(folder, { recursive: true }));

it("is accepted for every construct of both products", async () => {
  const app = new App({ outdir: join(folder, "out") });
  const stack = new TerraformStack(app, "all");
  new BitliftProvider(stack, "bitlift");
  const before = new TerraformResource(stack, "before", { terraformResourceType: "terraform_data" });
  const space = new Space(stack, "space", {
    name: "s",
    dependsOn: [before],
    lifecycle: { preventDestroy: true, ignoreChanges: ["labels"] },
  });
  for (const { product, createIntegration, integrationClass } of PRODUCT_CASES) {
    const shared = integrationClass.fromDefault(stack, `shared-${product}`, { dependsOn: [before] });
    const lifecycle = { preventDestroy: true, ignoreChanges: "all" as const, replaceTriggeredBy: [before, space] };
    const integration = createIntegration(stack, product, { space, dependsOn: [space, shared], lifecycle });
    const webhook = integration.addRepository("acme/a", { dependsOn: [integration], lifecycle: { ignoreChanges: ["title"] } });
    const set = integration.addRepositoriesOf("PLAT", { dependsOn: [webhook] });
    const after = [space, shared, integration, webhook, set];
    new TerraformResource(stack, `after-${product}`, { terraformResourceType: "terraform_data", dependsOn: after });
  }
  app.synth();

  const env = await cleanEnvironment(engine, folder, {});
  const run = (args: readonly string[]) => runProgram(engine.path, args, { cwd: join(folder, "out/stacks/all"), env });
  expect(await run(["init", "-input=false"])).toMatchObject({ code: 0 });
  expect(await run(["validate", "-no-color"])).toMatchObject({ code: 0 });
});
