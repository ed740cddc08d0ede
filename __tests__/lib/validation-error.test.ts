/** Errors that constructs throw, as Node.js prints them if they are not caught. */
import { inspect } from "node:util";
import type { TerraformStack } from "cdktf";
import { CloudRepository, DatacenterRepository, NamespaceWebhooks, validationErrorText, type BitbucketIntegrationBase } from "../../lib";
import { PRODUCT_CASES, stackWith, validationMessageOf } from "./synthesis";

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

describe.each(PRODUCT_CASES)("$product: a finding of a call starts with the construct path", ({ createIntegration }) => {
  it.each<[string, string, (integration: BitbucketIntegrationBase) => void]>([
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
    const message = validationMessageOf(stackWith((stack) => callIntegration(createIntegration(stack, "a"))));
    expect(message).toMatch(new RegExp(`${path}: Error: The value `));
  });
});

describe("the text of an error", () => {
  const first = thrownBy(() => DatacenterRepository.parse("networking"));
  const second = thrownBy(() => CloudRepository.parse("billing"));
  const textOf = (thrown: unknown) => validationErrorText(thrown)?.match(/"(networking|billing)" does not name/g);

  it("of one validation error is its message", () => {
    expect(validationErrorText(first)).toBe((first as Error).message);
  });

  it("of several validation errors contains all of them", () => {
    expect(textOf(new AggregateError([first, new AggregateError([second])]))).toEqual([
      '"networking" does not name',
      '"billing" does not name',
    ]);
  });

  it("is undefined if one of several errors is another one, because that is a bug to throw", () => {
    expect(validationErrorText(new AggregateError([first, new TypeError("x is undefined")]))).toBeUndefined();
    expect(validationErrorText(new AggregateError([]))).toBeUndefined();
    expect(validationErrorText(new TypeError("x is undefined"))).toBeUndefined();
    expect(validationErrorText("text")).toBeUndefined();
  });

  it("of the error that CDKTF throws for findings contains the findings, without the advice to skip them", () => {
    const stack = stackWith((scope) => PRODUCT_CASES[0].createIntegration(scope, "a").addRepository("networking"));
    const text = validationErrorText(thrownBy(() => stack.runAllValidations()));
    expect(text).toMatch(/bitbucket\/a: Error: The value is not allowed\n[\s\S]*"networking"[\s\S]*\(value-not-allowed\)\n *https:\S+$/);
    expect(text).not.toContain("skipValidation");
  });
});
