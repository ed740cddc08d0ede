/** The state of a part: from its file, from a workspace, and from a backend elsewhere, through the engine and without the providers. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseEngine } from "../../../engine";
import { Interruption } from "../../deployment/child";
import { objectsOf } from "../../export/part-state";

jest.setTimeout(60_000);

const STATE = JSON.stringify({
  version: 4,
  terraform_version: "1.5.7",
  serial: 1,
  lineage: "6c2e1f0a-0000-4000-8000-000000000000",
  outputs: {},
  resources: [
    {
      mode: "managed",
      type: "bitlift_space",
      name: "team",
      provider: 'provider["terraform.local/bitlift/bitlift"]',
      instances: [{ schema_version: 0, attributes: { id: "team-01" } }],
    },
  ],
});

let folder: string;
const interruption = new Interruption();
const server = createServer((request, response) => {
  const isKnown = request.url === "/team";
  response.writeHead(isKnown ? 200 : 403).end(isKnown ? STATE : "");
});
beforeAll(() => new Promise<void>((done) => void server.listen(0, "127.0.0.1", done)));
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "part-state-"))));
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => {
  interruption.stop();
  server.close();
});

async function idsWith(backend: object | undefined): Promise<readonly unknown[] | undefined> {
  const file = join(folder, "cdk.tf.json");
  await writeFile(file, JSON.stringify({ terraform: { ...(backend === undefined ? {} : { backend }) } }));
  const engine = await chooseEngine();
  return (await objectsOf({ name: "main", folder, file, dependencies: [] }, { engine, interruption }))?.map(
    ({ attributes }) => attributes.id,
  );
}

const httpBackend = (path: string) => ({ http: { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}` } });

it("is in the file of the backend local, and undefined without the file", async () => {
  expect(await idsWith({ local: { path: "states/main.tfstate" } })).toBeUndefined();
  await mkdir(join(folder, "states"));
  await writeFile(join(folder, "states/main.tfstate"), STATE);
  expect(await idsWith({ local: { path: "states/main.tfstate" } })).toEqual(["team-01"]);
});

it("is in the folder of the workspace that somebody selected", async () => {
  await mkdir(join(folder, ".terraform"));
  await writeFile(join(folder, ".terraform/environment"), "stage");
  await mkdir(join(folder, "terraform.tfstate.d/stage"), { recursive: true });
  await writeFile(join(folder, "terraform.tfstate.d/stage/terraform.tfstate"), STATE);
  expect(await idsWith(undefined)).toEqual(["team-01"]);
});

it("comes from a backend elsewhere", async () => {
  expect(await idsWith(httpBackend("team"))).toEqual(["team-01"]);
});

it("is a failure with the text of the engine if the backend refuses", async () => {
  await expect(idsWith(httpBackend("other"))).rejects.toThrow(/The engine could not read the state of part main/);
});
