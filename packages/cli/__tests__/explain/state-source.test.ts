/** Where `explain` looks for the state of a part with the backend `local`: in the folder that the app writes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfigurationSync } from "../../../configuration";
import { localState } from "../../explain/state-source";

const FILE = `version: 1
state: { backend: { local: { path: state.json } } }
integrations:
  shared: { cloud: {}, existing: { id: shared-id }, repositories: [acme/billing] }
`;
const STATE = JSON.stringify({ version: 4, resources: [] });

let project: string;
const started = process.cwd();
const environment = { ...process.env };
beforeEach(() => {
  delete process.env["CDKTF_OUTDIR"];
  project = mkdtempSync(join(tmpdir(), "state-source-"));
  process.chdir(project);
});
afterEach(() => {
  process.chdir(started);
  process.env = { ...environment };
  rmSync(project, { recursive: true });
});

const write = (path: string, text: string) => {
  mkdirSync(join(project, path, ".."), { recursive: true });
  writeFileSync(join(project, path), text);
};

it.each<[string, { readonly settings: object; readonly file: string; readonly output: string; readonly variable?: string }]>([
  ["cdktf.out", { settings: {}, file: "bitlift.yaml", output: "cdktf.out" }],
  ["the folder that cdktf.json names", { settings: { output: "out" }, file: "bitlift.yaml", output: "out" }],
  ["the folder that CDKTF_OUTDIR names", { settings: { output: "out" }, file: "bitlift.yaml", output: "other", variable: "other" }],
  ["beside cdktf.json, if the file is in another folder", { settings: {}, file: "config/bitlift.yaml", output: "cdktf.out" }],
])("in %s", async (_place, { settings, file, output, variable }) => {
  if (variable !== undefined) process.env["CDKTF_OUTDIR"] = variable;
  write("cdktf.json", JSON.stringify({ app: "node main.js", ...settings }));
  write(file, FILE);
  const path = join(output, "stacks/main/state.json");
  write(path, STATE);
  const { configuration, findings } = readConfigurationSync(join(project, file));
  const part = configuration?.parts[0];
  if (configuration === undefined || part === undefined) throw new Error(JSON.stringify(findings));
  expect((await localState(configuration, part))?.source).toContain(path);
});
