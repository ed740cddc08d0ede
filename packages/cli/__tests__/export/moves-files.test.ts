/** The blocks and commands that move objects: exact text, quoting, and the provider blocks that the engine misses. */
import { execFileSync } from "node:child_process";
import type { Engine } from "../../../engine";
import { hasBlocksFor, movesFiles, hclText } from "../../export/moves-file";
import { movesScript, shellText } from "../../export/moves-script";
import { movesJson, movesText, type MovedProject } from "../../export/printed-moves";
import type { Moves } from "../../export/moves";
import { requireSecretArguments } from "../../export/secret-arguments";
import type { StoredObject } from "../../export/stored-objects";

const SOURCE = "terraform.local/bitlift/bitlift";
const stored = (address: string, alias?: string): StoredObject => {
  const [type = "", name = ""] = address.split(".");
  return { address, type, name, isIndexed: false, source: SOURCE, alias, attributes: {} };
};
const MOVES: Moves = {
  moves: [{ object: stored("bitlift_space.team"), to: "spacelift_space.team", id: "team-01" }],
  forgotten: [stored("bitlift_bitbucket_cloud_integration.main")],
  obstacles: [],
  triggers: [],
};

it("removes and imports each object on the way out", () => {
  expect(movesFiles("published", MOVES, {})).toEqual({
    "moves.tf": `# Written by bitlift export --backing published, for one apply. Delete moves.tf after it.

removed {
  from = bitlift_space.team

  lifecycle {
    destroy = false
  }
}

import {
  to = spacelift_space.team
  id = "team-01"
}

removed {
  from = bitlift_bitbucket_cloud_integration.main

  lifecycle {
    destroy = false
  }
}
`,
  });
});

it("moves each object on the way in, and forgets the trigger of a replacement", () => {
  const moves = [{ object: stored("spacelift_space.team"), to: "bitlift_space.team", id: "team-01" }];
  expect(
    movesFiles("bitlift", { moves, forgotten: [stored("null_resource.ledger_28D1CA40_Identity")], obstacles: [], triggers: [] }, {}),
  ).toEqual({
    "moves.tf": `# Written by bitlift export --backing bitlift, for one apply. Delete moves.tf after it.

moved {
  from = spacelift_space.team
  to   = bitlift_space.team
}

removed {
  from = null_resource.ledger_28D1CA40_Identity

  lifecycle {
    destroy = false
  }
}
`,
  });
});

describe("the provider block of a forgotten object", () => {
  const moves: Moves = {
    moves: [],
    forgotten: [stored("bitlift_space.a", "corp"), stored("bitlift_space.b", "corp")],
    obstacles: [],
    triggers: [],
  };
  const BLOCK = 'provider "bitlift" {\n  alias = "corp"\n}';

  it("is declared once, with its source, if the configuration lacks both", () => {
    const files = movesFiles("published", moves, {});
    expect(files["moves.tf"]?.split(BLOCK)).toHaveLength(2);
    expect(files["moves_override.tf"]).toContain(`    bitlift = {\n      source = "${SOURCE}"\n    }`);
    expect(files["moves.tf"]).toContain("Delete moves.tf and moves_override.tf after it.");
  });

  it("is declared without its source if the configuration still requires the provider", () => {
    const files = movesFiles("published", moves, { terraform: { required_providers: { bitlift: {} } }, provider: { bitlift: [{}] } });
    expect([Object.keys(files), files["moves.tf"]]).toEqual([["moves.tf"], expect.stringContaining(BLOCK)]);
  });

  it("is not repeated if the configuration has it", () => {
    const files = movesFiles("published", moves, { provider: { bitlift: [{}, { alias: "corp" }] } });
    expect(files["moves.tf"]).not.toContain("provider");
  });
});

it.each([
  ["plain", "team-01", '"team-01"'],
  ["a UUID in braces", "acme/infra/{202cf34e}", '"acme/infra/{202cf34e}"'],
  ["quotes and a backslash", 'a"b\\c', '"a\\"b\\\\c"'],
  ["marks of templates", "${a} %{b}", '"$${a} %%{b}"'],
  ["control characters, and a backslash before a letter", "\b\f\\b", '"\\u0008\\u000c\\\\b"'],
  ["a line break", "a\nb", '"a\\nb"'],
])("writes %s for HCL", (_what, text, written) => expect(hclText(text)).toBe(written));

it.each([["team-01"], ["it's"], ['a b"c'], ["$(touch x) `id` $HOME \\"], ["{202cf34e}"], ["-n"], ["a\nb"]])("quotes %j for sh", (text) => {
  expect(execFileSync("sh", ["-c", `printf %s ${shellText(text)}`], { encoding: "utf8" })).toBe(text);
});

it("writes a script that sh can read, with every object forgotten before the first import", () => {
  const script = movesScript("published", MOVES, "terraform");
  execFileSync("sh", ["-n"], { input: script });
  expect(script.split("\n").filter((line) => /^(forget|take) /.test(line))).toEqual([
    "forget 'bitlift_space.team'",
    "forget 'bitlift_bitbucket_cloud_integration.main'",
    "take 'spacelift_space.team' 'team-01'",
  ]);
});

describe("what is printed", () => {
  const project: MovedProject = {
    backing: "published",
    engine: "terraform",
    parts: [{ part: "main", folder: "out/main", moves: MOVES, files: movesFiles("published", MOVES, {}) }],
    setting: "file",
  };

  it("contains the blocks and numbered steps", () => {
    expect(movesText(project)).toMatch(/^main: out\/main\n\nout\/main\/moves.tf:\n {2}# Written by bitlift export/);
    expect(movesText(project).split("\nNext:\n")[1]?.split("\n").filter(Boolean)).toEqual([
      "1. Make sure that nobody applies the configuration until the last step is done.",
      "2. In out/main: run terraform init.",
      "3. In out/main: run terraform plan -out=moves.tfplan. The plan imports 1 object and forgets the old addresses, and deletes or replaces none. If the plan shows anything else, do not apply it.",
      "4. In the same folder: run terraform apply moves.tfplan.",
      "5. Delete moves.tf, moves.tfplan. The next plan shows no changes.",
      expect.stringMatching(/^6\. Write backing: published at the top of bitlift.yaml/),
    ]);
  });

  it("has the steps of a script for engines without the blocks", () => {
    const files = { "moves.sh": movesScript("published", MOVES, "terraform") };
    const trigger = "null_resource.ledger_28D1CA40_Identity";
    const parts = [
      { part: "a", folder: "out/a", moves: { ...MOVES, triggers: [trigger] }, files },
      { part: "b", folder: "out/b", moves: MOVES, files },
    ];
    expect(
      movesText({ ...project, parts })
        .split("\nNext:\n")[1]
        ?.split("\n")
        .slice(0, 6),
    ).toEqual([
      "1. Make sure that nobody applies the configuration until the last step is done.",
      "2. In out/a, then in out/b: run sh moves.sh, which changes only the state.",
      expect.stringMatching(`^3\\. In out/a: run terraform apply -target=${trigger}\\.`),
      "4. In out/a, then in out/b: run terraform plan -out=moves.tfplan. No object is created again, deleted or replaced. If the plan shows anything else, do not apply it.",
      "5. In the same folders: run terraform apply moves.tfplan.",
      "6. Delete moves.sh, moves-before.tfstate, moves.tfplan. The next plan shows no changes.",
    ]);
  });

  it("has the same as JSON", () => {
    expect(movesJson(project)).toMatchObject({
      backing: "published",
      parts: [
        {
          part: "main",
          folder: "out/main",
          moves: [{ from: "bitlift_space.team", to: "spacelift_space.team", id: "team-01" }],
          forgotten: ["bitlift_bitbucket_cloud_integration.main"],
        },
      ],
    });
  });

  it("has no steps if nothing moves and the file has the backing", () => {
    const parts = [{ part: "main", folder: "out/main", moves: { moves: [], forgotten: [], obstacles: [], triggers: [] }, files: {} }];
    expect(movesText({ ...project, parts, setting: undefined })).toBe("main: out/main, nothing to move\n");
  });
});

it.each<[engine: string, forgets: boolean, movesBetweenTypes: boolean, out: string, back: string]>([
  ["Terraform 1.5.7, OpenTofu 1.6 to 1.9", false, false, "commands", "commands"],
  ["Terraform 1.7", true, false, "blocks", "commands"],
  ["Terraform 1.8, OpenTofu 1.10", true, true, "blocks", "blocks"],
])("%s", (_engine, forgets, movesBetweenTypes, out, back) => {
  const formFor = (backing: "published" | "bitlift") => (hasBlocksFor(backing, { forgets, movesBetweenTypes }) ? "blocks" : "commands");
  expect([formFor("published"), formFor("bitlift")]).toEqual([out, back]);
});

describe("an engine without write-only arguments", () => {
  const engine = { path: "/opt/terraform", name: "Terraform", version: "1.10.5", writeOnly: false } as Engine;
  const check = (configuration: object, changes: Partial<Engine> = {}) =>
    requireSecretArguments("main", configuration, { ...engine, ...changes });

  it.each([
    ["an ephemeral variable", { variable: { hooks: { ephemeral: true } } }, "var.hooks"],
    ["a write-only argument", { resource: { spacelift_a: { b: { access_token_wo: "x" } } } }, "spacelift_a.b.access_token_wo"],
  ])("is refused for %s before the state changes", (_what, configuration, address) => {
    expect(() => check(configuration)).toThrow(`passes a secret in ${address}, which Terraform 1.10.5 (terraform) cannot do`);
    expect(() => check(configuration, { writeOnly: true })).not.toThrow();
  });

  it("moves what has no such secret", () => {
    expect(() => check({ variable: { a: {} }, resource: { spacelift_space: { b: { name: "x" } } } })).not.toThrow();
  });
});
