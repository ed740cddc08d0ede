/** The pipeline examples of the review: their structure, and that every option in them exists. Rego is checked by structure only, because OPA is not a dependency. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { createProgram } from "../packages/cli";
import { FINDING_CODES, SEVERITIES } from "../packages/review";

const FOLDER = resolve(__dirname, "../examples/pipelines/review");
const text = (name: string) => readFileSync(join(FOLDER, name), "utf8");

interface Step {
  readonly name: string;
  readonly deployment?: string;
  readonly script: readonly string[];
  readonly artifacts?: readonly string[];
}
interface Pipelines {
  readonly pipelines: {
    readonly "pull-requests": Readonly<Record<string, readonly { readonly step: Step }[]>>;
    readonly branches: Readonly<Record<string, readonly { readonly step: Step }[]>>;
  };
}

const { pipelines } = parse(text("bitbucket-pipelines.yml")) as Pipelines;
const { stack_defaults: hooks } = parse(text("spacelift-config.yml")) as {
  readonly stack_defaults: Readonly<Record<string, readonly string[]>>;
};

it("a pull request is reviewed with a deployment environment of its own, and applies nothing", () => {
  const steps = pipelines["pull-requests"]["**"]?.map(({ step }) => step) ?? [];
  expect(steps.map(({ deployment }) => deployment)).toEqual(["review"]);
  expect(steps.flatMap(({ script }) => script).join("\n")).not.toContain("apply");
});

it("the main branch reviews the plans that it applies", () => {
  const [plan, apply] = pipelines.branches["main"]?.map(({ step }) => step) ?? [];
  expect(plan?.artifacts).toEqual(["plans/**"]);
  expect(plan?.script.join("\n")).toContain("bitlift review --plan-dir plans");
  expect(apply?.script.join("\n")).toContain("bitlift apply --plan-dir plans");
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
  const policy = text(name)
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");
  expect(policy.match(/^package /gm)).toEqual(["package "]);
  for (const [open, close] of ["{}", "()", "[]"]) expect(policy.split(open ?? "").length).toBe(policy.split(close ?? "").length);
  for (const [rule] of policy.matchAll(/^(deny|warn|pull_request|open_findings)\b.*$/gm)) expect(rule).toMatch(/^\w+ contains /);
});

it("the policies name only what a review has", () => {
  const policy = text("plan-policy.rego");
  const codes = [...(/never := \{([^}]*)\}/.exec(policy)?.[1]?.matchAll(/"([^"]+)"/g) ?? [])].map(([, code]) => code);
  expect(codes.filter((code) => !FINDING_CODES.some((known) => known === code))).toEqual([]);
  for (const [, severity] of policy.matchAll(/severity == "(\w+)"/g)) expect(SEVERITIES).toContain(severity);
});
