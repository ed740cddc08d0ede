/** A step of Pipelines: its variables, and the proxy through which it calls Bitbucket without a credential. */
import { request } from "node:http";
import { connect } from "node:net";
import type { Sandbox } from "../index";
import { callControlPath, type Json, startTestSandbox, stopTestSandboxes } from "./test-sandbox";

const AT = { workspace: "acme-workspace", repository: "infrastructure" };
const REPOSITORY = "/2.0/repositories/acme-workspace/infrastructure";
const REPORT = { title: "Review", details: "Fine", report_type: "BUG" };
const STATUS = { key: "k", state: "SUCCESSFUL", url: "https://ci.example" };

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
  await callControlPath(sandbox, "BITBUCKET_CLOUD", "pull-request", { ...AT, action: "created", source: "feature" });
});
afterEach(stopTestSandboxes);

const startStep = (build: object) => callControlPath(sandbox, "BITBUCKET_CLOUD", "pipeline", { ...AT, ...build });

interface ProxyResponse {
  readonly status: number;
  readonly text: string;
  readonly body: Json;
}

/** @param target what stands in the request line */
function send(method: string, target: string, body?: unknown, headers: Record<string, string> = {}): Promise<ProxyResponse> {
  const { hostname, port } = new URL(sandbox.pipelinesProxy.origin);
  const payload = body === undefined ? "" : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = request(
      { hostname, port, method, path: target, headers: { "content-length": Buffer.byteLength(payload), ...headers } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            text,
            body: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : undefined,
          }),
        );
      },
    );
    call.once("error", reject);
    call.end(payload);
  });
}

const api = (method: string, path: string, body?: unknown) => send(method, `http://api.bitbucket.org${path}`, body);

describe("the variables", () => {
  it("of a pull request name it, its commit and both branches", async () => {
    const { commit } = await callControlPath(sandbox, "BITBUCKET_CLOUD", "pull-request", {
      ...AT,
      action: "updated",
      id: 1,
      commit: "a".repeat(40),
    });
    const { proxy, environment } = await startStep({ id: 1 });
    expect(proxy).toBe(sandbox.pipelinesProxy.origin);
    expect(environment).toMatchObject({
      CI: "true",
      BITBUCKET_BUILD_NUMBER: "1",
      BITBUCKET_WORKSPACE: "acme-workspace",
      BITBUCKET_REPO_SLUG: "infrastructure",
      BITBUCKET_REPO_FULL_NAME: "acme-workspace/infrastructure",
      BITBUCKET_REPO_UUID: expect.stringMatching(/^\{.*\}$/),
      BITBUCKET_PROJECT_KEY: "PLAT",
      BITBUCKET_COMMIT: commit,
      BITBUCKET_BRANCH: "feature",
      BITBUCKET_PR_ID: "1",
      BITBUCKET_PR_DESTINATION_BRANCH: "main",
    });
    expect(Object.keys(environment).filter((name) => /TOKEN|SECRET|PASSWORD/.test(name))).toEqual([]);
  });

  it("of a push name no pull request", async () => {
    const { environment } = await startStep({ branch: "feature" });
    expect([environment.BITBUCKET_BRANCH, environment.BITBUCKET_PR_ID]).toEqual(["feature", undefined]);
    expect(environment.BITBUCKET_COMMIT).toMatch(/^[0-9a-f]{40}$/);
  });

  it.each([{}, { id: 9 }, { branch: "none" }, { id: 1, branch: "feature" }])("are refused for %j", async (build) => {
    await expect(startStep(build)).rejects.toThrow(/either/);
  });

  it("are not part of the environment of the sandbox", () => {
    expect(Object.keys(sandbox.environment).filter((name) => name.startsWith("BITBUCKET_PR"))).toEqual([]);
  });
});

describe("the proxy", () => {
  let commit: string;
  beforeEach(async () => {
    commit = (await startStep({ id: 1 })).environment.BITBUCKET_COMMIT;
  });

  it("writes reports and annotations without a credential, and replaces one that is sent", async () => {
    const report = `${REPOSITORY}/commit/${commit}/reports/bitlift`;
    expect((await api("PUT", report, REPORT)).status).toBe(200);
    const annotations = [{ external_id: "1", annotation_type: "BUG", summary: "Why — ü" }];
    expect((await api("POST", `${report}/annotations`, annotations)).body).toMatchObject([{ summary: "Why — ü" }]);
    expect((await send("GET", `http://api.bitbucket.org${report}`, undefined, { authorization: "Bearer unknown" })).status).toBe(200);
    expect((await api("DELETE", report)).status).toBe(204);
    const log: Json[] = await callControlPath(sandbox, "BITBUCKET_CLOUD", "requests?operation=putReport");
    expect(log).toMatchObject([
      { path: report, headers: { via: "1.1 pipelines-proxy", authorization: expect.stringMatching(/^sha256:/) } },
    ]);
  });

  it("reads build statuses and cannot create them", async () => {
    const statuses = `${REPOSITORY}/commit/${commit}/statuses`;
    expect((await api("POST", `${statuses}/build`, STATUS)).status).toBe(403);
    expect((await api("GET", statuses)).body.size).toBe(0);
  });

  it.each([
    ["refuse", 403, 403],
    ["read", 200, 403],
    ["write", 200, 201],
  ])("comments on pull requests as the switch says: %s", async (value, read, write) => {
    await callControlPath(sandbox, "BITBUCKET_CLOUD", "switches", { "proxy-comments": value });
    const comments = `${REPOSITORY}/pullrequests/1/comments`;
    const created = await api("POST", comments, { content: { raw: "Hello" } });
    expect([(await api("GET", comments)).status, created.status]).toEqual([read, write]);
  });

  it.each(["/2.0/user", `${REPOSITORY}/hooks`])("is 403 for %s", async (path) => {
    expect((await api("GET", path)).status).toBe(403);
  });

  it("knows only repositories of which a step has started, until a reset", async () => {
    expect((await api("GET", "/2.0/repositories/acme-workspace/networking")).status).toBe(404);
    await startStep({ repository: "networking", branch: "main" });
    for (const slug of ["networking", "infrastructure"])
      expect((await api("GET", `/2.0/repositories/acme-workspace/${slug}`)).status).toBe(200);
    await callControlPath(sandbox, "BITBUCKET_CLOUD", "reset", {});
    expect((await api("GET", REPOSITORY)).status).toBe(404);
  });

  it.each(["https", "http"])("shows links with %s if the switch says so", async (scheme) => {
    await callControlPath(sandbox, "BITBUCKET_CLOUD", "switches", { "proxy-links": scheme });
    const { body, text } = await api("GET", REPOSITORY);
    expect(body.links.self.href).toBe(`${scheme}://api.bitbucket.org${REPOSITORY}`);
    expect(text).not.toContain("127.0.0.1");
  });

  it("passes faults on, and closes the connection if the other side does", async () => {
    await callControlPath(sandbox, "BITBUCKET_CLOUD", "faults", [
      { operation: "getRepository", kind: "html", status: 502 },
      { operation: "getRepository", kind: "reset-before", nth: 2 },
    ]);
    expect(await api("GET", REPOSITORY)).toMatchObject({ status: 502, text: expect.stringContaining("<html>") });
    await expect(api("GET", REPOSITORY)).rejects.toThrow();
  });

  it("forwards to no other host, and explains other forms of requests", async () => {
    for (const host of ["example.com", "api.bitbucket.org:8080", "127.0.0.1:1"])
      expect((await send("GET", `http://${host}/2.0/user`)).status).toBe(502);
    expect(await send("GET", "/2.0/user")).toMatchObject({ status: 400, text: expect.stringContaining("request line") });
  });

  it("answers CONNECT with 405", async () => {
    const socket = connect(Number(new URL(sandbox.pipelinesProxy.origin).port), "127.0.0.1");
    socket.write("CONNECT api.bitbucket.org:443 HTTP/1.1\r\nhost: api.bitbucket.org:443\r\n\r\n");
    const text = await new Promise<string>((resolve) => socket.once("data", (part) => resolve(part.toString())));
    expect(text).toMatch(/^HTTP\/1.1 405 /);
    socket.destroy();
  });

  it("stops with the sandbox", async () => {
    await sandbox.stop();
    await expect(api("GET", REPOSITORY)).rejects.toThrow();
  });
});
