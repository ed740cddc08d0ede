/** What a construct throws, as a person sees it where nobody catches it. */
import { inspect } from "node:util";
import type { TerraformStack } from "cdktf";
import { DatacenterRepository, NamespaceWebhooks, refusalText } from "../../lib";
import { SIDES, stackWith } from "./synthesis";

/** What is thrown while the stack is built. */
function thrownBy(build: (stack: TerraformStack) => void): unknown {
  try {
    stackWith(build);
  } catch (thrown) {
    return thrown;
  }
  throw new Error("nothing was thrown");
}

it("a refusal that nobody catches is printed once, with what to do and where it was thrown", () => {
  const printed = inspect(thrownBy(() => DatacenterRepository.parse("networking")));
  expect(printed).toMatch(/"networking" does not name[\s\S]*Write <PROJECT>\/<repository>[\s\S]*\(value-not-allowed\)\n +at /);
  expect(printed.split("does not name")).toHaveLength(2);
  expect(printed).not.toContain("diagnostic:");
});

describe.each(SIDES)("$product: what an integration refuses has the path of the construct in front", ({ declare }) => {
  it.each<[string, string, (integration: ReturnType<typeof declare>) => void]>([
    ["a text that names no repository", "bitbucket/a", (integration) => integration.addRepository("networking")],
    ["a source that is no repository", "bitbucket/a", (integration) => integration.stackSource({ repository: "networking" })],
    ["a name with a space in it", "bitbucket/a", (integration) => integration.addRepositoriesOf("my project")],
    ["a repository that is known later", "bitbucket/a", (integration) => integration.addRepository("${var.p}/a")],
    ["the name of a set", "bitbucket/a/b", (integration) => new NamespaceWebhooks(integration, "b", { integration, namespace: "c/d" })],
  ])("%s", (_, path, refused) => {
    const thrown = thrownBy((stack) => refused(declare(stack, "a")));
    expect(refusalText(thrown)).toMatch(new RegExp(`^${path}: Error: The value `));
    expect((thrown as Error).message).toBe(refusalText(thrown));
  });
});
