/** The app: which file it reads, which parts it writes, and what it prints. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfiguration, synthesizeApp } from "../../stacks";

const FILE = `version: 1
parts: integration
spaces:
  payments: { name: Payments }
integrations:
  payments:
    cloud: { email: spacelift@acme.example, token: { env: PAYMENTS_TOKEN } }
    name: Payments
    space: payments
  ledger:
    cloud: { email: spacelift@acme.example, token: { env: LEDGER_TOKEN } }
    name: Ledger
`;

let folder: string;
let printed: string;
const directory = process.cwd();
const environment = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "app-"));
  // The plugin is not built in a unit test. Synthesis copies whatever is there.
  writeFileSync(join(folder, "plugin"), "");
  process.chdir(folder);
  process.env["CDKTF_OUTDIR"] = join(folder, "out");
  printed = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(directory);
  process.env = { ...environment };
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};

describe("the path of the file", () => {
  it("is bitlift.yaml in the working directory, the path in the context, or the argument", () => {
    write("bitlift.yaml", FILE);
    expect(loadConfiguration().path).toBe(join(folder, "bitlift.yaml"));
    write("teams/own.yaml", FILE);
    expect(loadConfiguration("teams/own.yaml").path).toBe(join(folder, "teams/own.yaml"));
    process.env["CDKTF_CONTEXT_JSON"] = JSON.stringify({ bitlift: "teams/own.yaml" });
    expect(loadConfiguration().path).toBe(join(folder, "teams/own.yaml"));
  });

  it.each([
    [{ integrations: {} }, /contains the configuration itself[\s\S]*Move it into the file bitlift\.yaml/],
    [7, /is not the path of a file/],
    [" ", /is not the path of a file/],
  ])("is not %j", (context, message) => {
    process.env["CDKTF_CONTEXT_JSON"] = JSON.stringify({ bitlift: context });
    expect(() => loadConfiguration()).toThrow(message);
  });

  it("is not under a misspelled key", () => {
    process.env["CDKTF_CONTEXT_JSON"] = JSON.stringify({ Bitlift: "teams/own.yaml" });
    expect(() => loadConfiguration()).toThrow(/"Bitlift" is not a context key of Bitlift[\s\S]*Write bitlift\./);
  });
});

it("prints the mistakes of the file as they are rendered, without a stack trace, and sets exit code 1", () => {
  write("bitlift.yaml", FILE.replace("    name: Ledger", "    nmae: Ledger"));
  synthesizeApp();
  expect(process.exitCode).toBe(1);
  expect(printed).toMatch(/^bitlift\.yaml:\d+:\d+: error: /);
  expect(printed).toMatch(/\[unknown-key\]/);
  expect(printed).not.toMatch(/\n\s+at /);
  expect(existsSync(join(folder, "out/manifest.json"))).toBe(false);
});

it("refuses the name of a part that does not exist", () => {
  write("bitlift.yaml", FILE);
  process.env["BITLIFT_PARTS"] = "payments,legder";
  synthesizeApp();
  expect([process.exitCode, printed]).toEqual([1, expect.stringMatching(/BITLIFT_PARTS names legder[\s\S]*spaces, payments, ledger/)]);
});
