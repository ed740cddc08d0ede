/** `bitlift validate` as a process: every format, exit codes, and what it says about a correct file. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BIN = resolve(__dirname, "../../bin.js");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "validate-"));
  mkdirSync(join(folder, "teams"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function validate(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", require.resolve("tsx"), BIN, "validate", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

const TEAM = `spaces: { payments: { name: Payments } }
integrations:
  payments:
    cloud: { email: a@acme.example, token: { env: TOKEN } }
    name: Payments
    repositories: [acme/a, acme/b, { every: acme, key: services, match: [svc-*] }]
`;

describe("mistakes in two files", () => {
  beforeEach(() =>
    write({ "bitlift.yaml": "version: 1\ninclude: [teams/*.yaml]\nspacess: {}\n", "teams/a, b: 100%.yaml": "spaces:\n  a: { nam: A }\n" }),
  );

  it("are all in the text, sorted by file, on standard output, with exit code 1", () => {
    const { status, stdout, stderr } = validate();
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout.split("\n").filter((line) => line.includes("error:"))).toEqual([
      expect.stringMatching(/^bitlift\.yaml:3:1: error: unknown key "spacess" .* \[unknown-key\]$/),
      expect.stringMatching(/^teams\/a, b: 100%\.yaml:2:8: error: unknown key "nam" .* \[unknown-key\]$/),
    ]);
    expect(stdout).not.toContain("\u001b[");
    expect(stdout).not.toContain("mistakes");
  });

  it("are all in the JSON, with their places", () => {
    const { status, stdout } = validate("--format", "json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      findings: [
        expect.objectContaining({ code: "unknown-key", severity: "error", file: "bitlift.yaml", line: 3, column: 1, endColumn: 8 }),
        expect.objectContaining({
          code: "unknown-key",
          severity: "error",
          file: "teams/a, b: 100%.yaml",
          line: 2,
          column: 8,
          endColumn: 11,
        }),
      ],
    });
  });

  it("are all in SARIF, with one rule and with addresses of files", () => {
    const { runs } = JSON.parse(validate("--format", "sarif").stdout) as Sarif;
    expect(runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(["unknown-key"]);
    const places = runs[0]?.results.map(({ ruleId, level, locations }) => [ruleId, level, locations[0]?.physicalLocation]);
    expect(places).toEqual([
      ["unknown-key", "error", { artifactLocation: { uri: "bitlift.yaml" }, region: { startLine: 3, startColumn: 1, endColumn: 8 } }],
      [
        "unknown-key",
        "error",
        { artifactLocation: { uri: "teams/a%2C%20b%3A%20100%25.yaml" }, region: { startLine: 2, startColumn: 8, endColumn: 11 } },
      ],
    ]);
  });

  it("are one annotation each for GitHub, with the file escaped", () => {
    const { status, stdout } = validate("--format", "github");
    expect(status).toBe(1);
    expect(stdout.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^::error file=bitlift\.yaml,line=3,endLine=3,col=1,endColumn=8,title=unknown-key::unknown key "spacess"/),
      expect.stringMatching(
        /^::error file=teams\/a%2C b%3A 100%25\.yaml,line=2,endLine=2,col=8,endColumn=11,title=unknown-key::unknown key "nam"/,
      ),
    ]);
  });
});

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations: readonly { readonly physicalLocation: object }[];
    }[];
  }[];
}

describe("a correct file", () => {
  it("gets one line with what it and its included files have, and nothing in the formats for programs", () => {
    write({ "bitlift.yaml": "version: 1\ninclude: [teams/*.yaml]\nspaces: { all: { name: All } }\n", "teams/a.yaml": TEAM });
    expect(validate()).toEqual({
      status: 0,
      stdout: "bitlift.yaml and 1 included file: 2 Spaces, 1 integration, 2 repositories, 1 set of repositories: no mistakes.\n",
      stderr: "",
    });
    expect(validate("--format", "github")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(JSON.parse(validate("--format", "json").stdout)).toEqual({ version: 1, findings: [] });
    expect(JSON.parse(validate("--format", "sarif").stdout)).toMatchObject({ runs: [{ results: [] }] });
  });

  it("may be empty, and may be named by its folder", () => {
    write({ "bitlift.yaml": "version: 1\n" });
    expect(validate("--strict", folder)).toEqual({ status: 0, stdout: "bitlift.yaml: nothing yet: no mistakes.\n", stderr: "" });
  });
});

it("warnings alone leave the exit code 0, and are errors with --strict", () => {
  write({ "bitlift.yaml": "version: 1\nspaces: { a: { name: yes } }\n" });
  const { status, stdout } = validate();
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/: warning: .*\[quotes-advised\]\n[\s\S]*\nbitlift\.yaml: 1 Space: no errors, 1 warning\.\n$/),
  ]);
  const strict = validate("--strict");
  expect([strict.status, strict.stdout]).toEqual([1, expect.stringMatching(/: error: .*\[quotes-advised\]\n/)]);
  expect(strict.stdout).not.toContain("no errors");
  expect(validate("--strict", "--format", "github")).toMatchObject({ status: 1, stdout: expect.stringMatching(/^::error /) as unknown });
});
