/** The pipeline examples of the review: their structure, and that every option in them exists. Rego is checked by structure only, because OPA is not a dependency. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { createProgram } from "../packages/cli";
import { FINDING_CODES, SEVERITIES } from "../packages/review";

const EXAMPLES = resolve(__dirname, "../examples");
const text = (name: string) => readFileSync(join(EXAMPLES, name), "utf8");
const policyText = (name: string) => text(`pipelines/review/${name}`);

interface Step {
  readonly name: string;
  readonly deployment?: string;
  readonly clone?: { readonly depth: string };
  readonly script: readonly string[];
  readonly artifacts?: readonly string[];
}
interface Pipelines {
  readonly pipelines: {
    readonly "pull-requests": Readonly<Record<string, readonly { readonly step: Step }[]>>;
    readonly branches: Readonly<Record<string, readonly { readonly step: Step }[]>>;
  };
}

const { pipelines } = parse(text("pipelines/bitbucket-pipelines.yml")) as Pipelines;
const { stack_defaults: hooks } = parse(text("spacelift/config.yml")) as {
  readonly stack_defaults: Readonly<Record<string, readonly string[]>>;
};

it("a pull request is reviewed outside every deployment environment, which would lock out the next one, and applies nothing", () => {
  const steps = pipelines["pull-requests"]["**"]?.map(({ step }) => step) ?? [];
  expect(steps).toEqual([expect.objectContaining({ name: "Review", clone: { depth: "full" } })]);
  expect(steps.map(({ deployment }) => deployment)).toEqual([undefined]);
  expect(steps.flatMap(({ script }) => script).join("\n")).not.toContain("apply");
});

it("the main branch reviews the plans that it applies", () => {
  const [plan, apply] = pipelines.branches["main"]?.map(({ step }) => step) ?? [];
  expect(plan?.artifacts).toEqual(["plans/**"]);
  expect(plan?.script.join("\n")).toContain("bitlift review --plan-dir plans");
  expect(plan?.deployment).toBeUndefined();
  expect(apply?.script.join("\n")).toContain("bitlift apply --plan-dir plans");
  expect(apply).toMatchObject({ trigger: "manual", deployment: "production" });
});

const commands = [...Object.values(pipelines["pull-requests"]).flat(), ...Object.values(pipelines.branches).flat()].flatMap(
  ({ step }) => step.script,
);
const bitlift = [...commands, ...Object.values(hooks).flat()].filter((command) => command.includes("npx bitlift "));

it.each(bitlift)("%s has only options that exist", (command) => {
  const [, name = "", rest = ""] = /npx bitlift (\S+)(.*)/.exec(command) ?? [];
  const known = createProgram().commands.find((candidate) => candidate.name() === name);
  const options = [...rest.matchAll(/--[a-z-]+/g)].map(([option]) => option);
  expect(options.filter((option) => known?.options.every(({ long }) => long !== option) ?? true)).toEqual([]);
});

it.each(["plan-policy.rego", "notification-policy.rego"])("%s is one package with balanced braces, and Rego v1 rules", (name) => {
  const policy = policyText(name)
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");
  expect(policy.match(/^package /gm)).toEqual(["package "]);
  for (const [open, close] of ["{}", "()", "[]"]) expect(policy.split(open ?? "").length).toBe(policy.split(close ?? "").length);
  for (const [rule] of policy.matchAll(/^(deny|warn|pull_request|open_findings)\b.*$/gm)) expect(rule).toMatch(/^\w+ contains /);
});

it("the policies name only what a review has", () => {
  const policy = policyText("plan-policy.rego");
  const codes = [...(/never := \{([^}]*)\}/.exec(policy)?.[1]?.matchAll(/"([^"]+)"/g) ?? [])].map(([, code]) => code);
  expect(codes.filter((code) => !FINDING_CODES.some((known) => known === code))).toEqual([]);
  for (const [, severity] of policy.matchAll(/severity == "(\w+)"/g)) expect(SEVERITIES).toContain(severity);
});
