/** `bitlift explain` after an apply by the real engine: from the state file, from an included file, and with --online from a backend. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CommandProject, integration } from "./command-project";

jest.setTimeout(180_000);

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
});
afterEach(() => project.stop());

interface Explained {
  readonly found: readonly (Readonly<Record<string, unknown>> & { readonly deployed?: Readonly<Record<string, unknown>> })[];
}

async function explain(...args: readonly string[]): Promise<Explained["found"]> {
  const { code, stdout, stderr } = await project.bitlift("explain", "--json", ...args);
  expect([code, stderr]).toEqual([0, ""]);
  return (JSON.parse(stdout) as Explained).found;
}

it("tells IDs, the URL and the webhook from the state of the part, and the place in the included file", async () => {
  await project.write({ include: ["teams/*.yaml"], spaces: { payments: { name: "Payments" } } });
  await mkdir(join(project.folder, "teams"));
  const team = { integrations: { payments: integration("Bitbucket for Payments", ["infrastructure"], "payments") } };
  await writeFile(join(project.folder, "teams/a.yaml"), JSON.stringify(team));
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });

  const [repository] = await explain("acme-workspace/infrastructure");
  expect(repository).toMatchObject({ kind: "repository", place: { file: "teams/a.yaml" } });
  const query = '{ bitbucketCloudIntegration(id: "bitbucket-for-payments") { id webhookUrl } }';
  const { bitbucketCloudIntegration: remote } = await project.remote.graphql<{ bitbucketCloudIntegration: Remote }>(query);
  expect(repository?.deployed).toEqual({
    integrationId: remote.id,
    url: remote.webhookUrl,
    webhookId: expect.stringMatching(/^\{.*\}$/) as unknown,
    webhookActive: true,
    knownFrom: expect.stringMatching(/^the state file .*terraform\.main\.tfstate$/) as unknown,
  });
  // The key names the Space and the integration.
  const both = await explain("payments");
  expect(both.map(({ deployed }) => Object.keys(deployed ?? {}))).toEqual([
    ["spaceId", "knownFrom"],
    ["integrationId", "url", "knownFrom"],
  ]);
  const { stdout } = await project.bitlift("explain", "payments");
  expect(stdout).toContain(remote.webhookUrl);
});

interface Remote {
  readonly id: string;
  readonly webhookUrl: string;
}

it("asks the engine for the state with --online, where the folder of the part is initialized, and else Spacelift", async () => {
  const { address, stop } = await startStateServer();
  try {
    await project.write({
      state: { backend: { http: { address } } },
      integrations: { payments: integration("Bitbucket for Payments", ["infrastructure"]) },
    });
    expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
    expect((await explain("payments")).map(({ deployed }) => deployed)).toEqual([undefined]);
    const known = (await explain("payments", "--online"))[0]?.deployed;
    expect(known).toMatchObject({ integrationId: "bitbucket-for-payments", knownFrom: "the state in the backend" });

    await rm(join(project.folder, "cdktf.out"), { recursive: true });
    expect((await explain("payments", "--online"))[0]?.deployed).toEqual({ ...known, knownFrom: "Spacelift" });
  } finally {
    await stop();
  }
});

/** What the backend `http` needs: one state, without locks. */
async function startStateServer(): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> {
  let state = "";
  const server = createServer((request, response) => {
    void (async () => {
      if (request.method === "POST") state = await text(request);
      response.writeHead(request.method === "GET" && state === "" ? 404 : 200).end(request.method === "GET" ? state : "");
    })();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((closed) => server.close(() => closed()));
  };
  return { address: `http://127.0.0.1:${port}/state`, stop };
}
