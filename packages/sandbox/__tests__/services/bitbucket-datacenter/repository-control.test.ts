/** Changes to repositories by the control path, which a client of the API does not notice until its next request. */
import { basic, type DatacenterTestService, HOOK, startDatacenter } from "./test-service";

const INFRA = "/projects/PLAT/repos/infra";

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const change = (body: object) => server.control("repository", { project: "PLAT", repository: "infra", ...body }) as Promise<unknown>;

it("hides a repository from everyone with 401, as if the permission were missing, until it is shown again", async () => {
  await server.request("POST", `${INFRA}/webhooks`, { body: HOOK });
  await change({ change: "hide" });
  for (const as of ["admin", "of-repository", basic("root", "root-password")]) {
    for (const path of [INFRA, `${INFRA}/webhooks`, `${INFRA}/webhooks/1`]) {
      const response = await server.request("GET", path, { as });
      expect([path, response.status, response.body.errors[0].exceptionName]).toEqual([
        path,
        401,
        "com.atlassian.bitbucket.AuthorisationException",
      ]);
    }
  }
  const { values } = (await server.request("GET", "/projects/PLAT/repos")).body;
  expect(values.map(({ slug }: { slug: string }) => slug)).not.toContain("infra");
  await change({ change: "show" });
  expect((await server.request("GET", `${INFRA}/webhooks/1`)).status).toBe(200);
});

it("renames, moves and deletes repositories with their webhooks and ids, as the API does", async () => {
  const hook = (await server.request("POST", `${INFRA}/webhooks`, { body: HOOK })).body;
  await change({ change: "rename", to: "core" });
  expect((await server.request("GET", `${INFRA}/webhooks/1`)).status).toBe(404);
  expect((await server.request("GET", "/projects/PLAT/repos/core/webhooks/1")).body).toEqual(hook);
  await server.control("repository", { project: "PLAT", repository: "core", change: "transfer", to: "OPEN" });
  expect((await server.request("GET", "/projects/OPEN/repos/core/webhooks/1", { as: "root-token" })).body).toEqual(hook);
  await server.control("repository", { project: "OPEN", repository: "core", change: "delete" });
  expect((await server.request("GET", "/projects/OPEN/repos/core")).status).toBe(404);
});
