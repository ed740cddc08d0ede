/** Errors that constructs throw, as Node.js prints them if they are not caught. */
import { inspect } from "node:util";
import type { TerraformStack } from "cdktf";
import { DatacenterRepository, NamespaceWebhooks, validationErrorText } from "../../lib";
import { PRODUCT_CASES, stackWith } from "./synthesis";

/** The error that is thrown while the stack is built. */
function thrownBy(build: (stack: TerraformStack) => void): unknown {
  try {
    stackWith(build);
  } catch (thrown) {
    return thrown;
  }
  throw new Error("Nothing was thrown.");
}

it("an uncaught error is printed once, with the fix and the stack trace", () => {
  const printed = inspect(thrownBy(() => DatacenterRepository.parse("networking")));
  expect(printed).toMatch(
    /"networking" does not name[\s\S]*Use <PROJECT>\/<repository>[\s\S]*\(value-not-allowed\)\n +https:\S+#value-not-allowed\n +at /,
  );
  expect(printed.split("does not name")).toHaveLength(2);
  expect(printed).not.toContain("diagnostic:");
});

describe.each(PRODUCT_CASES)("$product: an error of an integration starts with the construct path", ({ createIntegration }) => {
  it.each<[string, string, (integration: ReturnType<typeof createIntegration>) => void]>([
    ["for a text that is not a repository", "bitbucket/a", (integration) => integration.addRepository("networking")],
    ["for a stack source that is not a repository", "bitbucket/a", (integration) => integration.stackSource({ repository: "networking" })],
    ["for a project with a space in its name", "bitbucket/a", (integration) => integration.addRepositoriesOf("my project")],
    ["for a repository that is known only after apply", "bitbucket/a", (integration) => integration.addRepository("${var.p}/a")],
    [
      "for an invalid namespace of a set",
      "bitbucket/a/b",
      (integration) => new NamespaceWebhooks(integration, "b", { integration, namespace: "c/d" }),
    ],
  ])("%s", (_, path, callIntegration) => {
    const thrown = thrownBy((stack) => callIntegration(createIntegration(stack, "a")));
    expect(validationErrorText(thrown)).toMatch(new RegExp(`^${path}: Error: The value `));
    expect((thrown as Error).message).toBe(validationErrorText(thrown));
  });
});
