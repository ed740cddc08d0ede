/** What happens to repositories behind a client's back, by the control path. */
import { basic, type Datacenter, HOOK, startDatacenter } from "./test-service";

const INFRA = "/projects/PLAT/repos/infra";

let server: Datacenter;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const change = (body: object) => server.control("repository", { project: "PLAT", repository: "infra", ...body }) as Promise<unknown>;

it("hides a repository from everybody: 401, as if the permission were gone, until it is shown again", async () => {
  await server.ask("POST", `${INFRA}/webhooks`, { body: HOOK });
  await change({ change: "hide" });
  for (const as of ["admin", "of-repository", basic("root", "root-password")]) {
    for (const path of [INFRA, `${INFRA}/webhooks`, `${INFRA}/webhooks/1`]) {
      const answer = await server.ask("GET", path, { as });
      expect([path, answer.status, answer.body.errors[0].exceptionName]).toEqual([
        path,
        401,
        "com.atlassian.bitbucket.AuthorisationException",
      ]);
    }
  }
  const { values } = (await server.ask("GET", "/projects/PLAT/repos")).body;
  expect(values.map((one: { slug: string }) => one.slug)).not.toContain("infra");
  await change({ change: "show" });
  expect((await server.ask("GET", `${INFRA}/webhooks/1`)).status).toBe(200);
});

it("renames, moves and deletes, with webhooks and ids as over the API", async () => {
  const hook = (await server.ask("POST", `${INFRA}/webhooks`, { body: HOOK })).body;
  await change({ change: "rename", to: "core" });
  expect((await server.ask("GET", `${INFRA}/webhooks/1`)).status).toBe(404);
  expect((await server.ask("GET", "/projects/PLAT/repos/core/webhooks/1")).body).toEqual(hook);
  await server.control("repository", { project: "PLAT", repository: "core", change: "transfer", to: "OPEN" });
  expect((await server.ask("GET", "/projects/OPEN/repos/core/webhooks/1", { as: "root-token" })).body).toEqual(hook);
  await server.control("repository", { project: "OPEN", repository: "core", change: "delete" });
  expect((await server.ask("GET", "/projects/OPEN/repos/core")).status).toBe(404);
});
