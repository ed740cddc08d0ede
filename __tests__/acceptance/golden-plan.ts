/** The plan of a scenario as a golden file: what the engine prints, without what differs from run to run, and without secrets. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Engine } from "../../packages/engine";
import type { PlanRun } from "../../tools/harness";
import { expectGolden } from "../golden/golden";
import { TOKEN } from "./configuration";

const GOLDEN_VERSIONS = ["1.11", "1.15"];

interface PlanDocument {
  readonly terraform_version: string;
  readonly [part: string]: unknown;
}

/** Replaces each text that differs from run to run by its kind and number. */
function normalize(text: string): string {
  const numbers = new Map<string, string>();
  const numbered = (kind: string) => (match: string) => {
    const known = numbers.get(match) ?? `${kind}-${[...numbers.values()].filter((value) => value.startsWith(kind)).length + 1}`;
    numbers.set(match, known);
    return known;
  };
  return (
    text
      .replaceAll(TOKEN, "canary of access_token")
      // The states of the published providers contain secrets.
      .replaceAll(/"(secret|webhook_secret|access_token)":"[^"]+"/g, '"$1":"canary of $1"')
      .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:0")
      .replaceAll(/(?<="webhook_id":")\d+(?=")|(?<="[A-Z]+\/[a-z]+\/)\d+(?=")/g, numbered("webhook"))
      // A null_resource has a random number, and Bitbucket Data Center numbers webhooks in the order of the requests.
      .replaceAll(/(?<="id":")\d{8,}(?=")/g, "random number")
      .replaceAll(/(?<="webhook_id":)\d+/g, "0")
      .replaceAll(/(?<=\\" )\d+(?=\. The apply will adopt)/g, "0")
      // The engine lists what it forgets in any order.
      .replaceAll(/(?:\\n - [\w.]+)+/g, (lines) =>
        lines
          .split(/(?=\\n)/)
          .sort()
          .join(""),
      )
      .replaceAll(/sha256:[0-9a-f]{16}/g, numbered("fingerprint"))
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, numbered("uuid"))
      .replaceAll(/\b01[0-9A-HJKMNP-TV-Z]{24}\b/g, numbered("ulid"))
  );
}

/** The plan without the parts that repeat others, and the diagnostics of its log. */
function goldenOf({ json, output }: PlanRun): unknown {
  const { planned_values: _, relevant_attributes: __, timestamp: ___, variables: ____, ...plan } = JSON.parse(json) as PlanDocument;
  const log = output
    .split("\n")
    .filter((line) => line.startsWith('{"@level"'))
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    .filter(({ type }) => type === "diagnostic")
    .map(({ "@timestamp": _time, ...line }) => line)
    .sort((a, b) => JSON.stringify(a["diagnostic"]).localeCompare(JSON.stringify(b["diagnostic"])));
  return JSON.parse(normalize(JSON.stringify({ plan, log })));
}

/**
 * Compares the plan with its golden file. Terraform 1.11 and 1.15 have files of their own; with another engine, nothing is compared.
 * @param set The folder of the files, below `__tests__/golden`.
 */
export function expectGoldenPlan(engine: Engine, set: string, name: string, planned: PlanRun): void {
  const { terraform_version: version } = JSON.parse(planned.json) as PlanDocument;
  const minor = version.split(".").slice(0, 2).join(".");
  if (engine.name !== "Terraform" || !GOLDEN_VERSIONS.includes(minor)) return;
  const folder = resolve(__dirname, "../golden", set, minor);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  if (!existsSync(file) && process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, "{}");
  expectGolden(`${set}/${minor}/${name}`, goldenOf(planned));
}
