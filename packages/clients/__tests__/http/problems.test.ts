/** Messages about unusable responses: the actual cause, and no secret, not even a part of one. */
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { BitbucketCloud } from "../../bitbucket/cloud/client";
import { BitbucketDatacenter } from "../../bitbucket/datacenter/client";
import { Http } from "../../http/http";
import type { RemoteSettings } from "../../http/settings";
import { Secrets } from "../../http/secrets";
import { Problem } from "../../../diagnostics";
import { selfSignedCertificate } from "../../../sandbox";
import { rejectionOf, settings, startServer, stopServers } from "./stub-server";

afterEach(stopServers);

const DAY_MS = 86_400_000;

function send(url: string, changes: Partial<RemoteSettings> = {}, secrets = new Secrets()) {
  const http = new Http("Example", settings(changes), secrets);
  return http.sendForJson({ method: "GET", url: new URL(url), headers: {}, access: "read" });
}

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const failure = await rejectionOf(work);
  if (!(failure instanceof Problem)) throw failure;
  return failure;
}

describe("redacts a secret at the position where a message cuts its text", () => {
  const secret = "token-0123456789-abcdefghijk";
  const repository = { namespace: "PAY", repository: "billing" };
  const datacenter = (url: string): Promise<unknown> =>
    new BitbucketDatacenter({ accessToken: secret }, url, { ...settings(), caCertificate: null }).webhooks.list(repository);
  const cloud = (url: string): Promise<unknown> => new BitbucketCloud({ accessToken: secret }, url, settings()).webhooks.list(repository);

  it.each([
    ["Data Center, server error", datacenter, 500, 200],
    ["Data Center, rejected request", datacenter, 422, 300],
    ["Cloud, server error", cloud, 500, 200],
    ["Cloud, rejected request", cloud, 422, 300],
  ] as const)("%s", async (_name, list, status, cut) => {
    const server = await startServer(() => ({
      status,
      text: `${"x".repeat(cut - 20)}${secret}`,
      headers: { "content-type": "text/plain" },
    }));
    const { why } = (await problemOf(list(server.url))).diagnostic;
    expect(why).toContain("xxx(redacted)");
    expect(why).not.toContain("token-");
  });

  it("a password with a line break, where white space is collapsed", async () => {
    const secrets = new Secrets();
    secrets.add("my  own\npassword");
    const server = await startServer(() => ({
      status: 500,
      text: "you sent my  own\npassword",
      headers: { "content-type": "text/plain" },
    }));
    expect((await problemOf(send(server.url, {}, secrets))).diagnostic.why).toContain("you sent (redacted)");
  });
});

describe("TLS", () => {
  it("does not blame the certificate of a server that expects http", async () => {
    const server = await startServer(() => ({ json: {} }));
    const { why, fix } = (await problemOf(send(server.url.replace("http:", "https:"), { caCertificate: null }))).diagnostic;
    expect(why).toContain("could not agree on a TLS connection: wrong version number (ERR_SSL_WRONG_VERSION_NUMBER).");
    expect(fix).toContain("A server that expects http");
    expect(fix).not.toContain("ca_certificate");
  });

  it.each([
    ["has expired", -500 * DAY_MS, "CERT_HAS_EXPIRED", "or of the authority in ca_certificate, whichever has expired"],
    ["is not valid yet", 5 * DAY_MS, "CERT_NOT_YET_VALID", "Check the clock of this machine"],
  ])("does not blame the authority for a certificate that %s", async (_name, offset, code, words) => {
    const identity = selfSignedCertificate(Date.now() + offset);
    const server = createTlsServer(identity, (_request, response) => response.end("{}"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const work = problemOf(send(`https://127.0.0.1:${port}/`, { caCertificate: identity.cert }));
    const { why, fix } = (await work.finally(() => server.close())).diagnostic;
    expect(why).toContain(code);
    expect(fix).toContain(words);
    expect(fix).not.toContain("did not sign this certificate");
  });
});

describe("the hint for a redirect within the server", () => {
  const problemAfter = async (location: string, method: "GET" | "POST"): Promise<{ readonly why: string; readonly fix: string }> => {
    const server = await startServer(() => ({ status: 301, headers: { location } }));
    const http = new Http("Example", settings(), new Secrets());
    const work = http.send({ method, url: new URL(`${server.url}/api/thing`), headers: {}, access: method === "GET" ? "read" : "write" });
    const { why, fix } = (await problemOf(work)).diagnostic;
    return { why, fix: fix.replace(server.url, "<server>") };
  };

  it("names the missing context path", async () => {
    expect((await problemAfter("/context/api/thing", "POST")).fix).toContain(
      "If Example is at <server>/context, configure that as its address",
    );
  });

  it("does not suggest the address that is already configured", async () => {
    expect((await problemAfter("/api/other", "POST")).fix).toContain("If the requested object has a new name or address");
  });

  it("does not call a read in a redirect loop a change", async () => {
    expect((await problemAfter("/api/thing", "GET")).why).toContain("Redirects are followed only a few times");
  });
});

describe("JSON responses", () => {
  it("may start with a byte order mark", async () => {
    const server = await startServer(() => ({ text: '\uFEFF{"a":1}', headers: { "content-type": "application/json" } }));
    expect((await send(server.url)).body).toEqual({ a: 1 });
  });

  it("are requested without compression", async () => {
    const server = await startServer(() => ({ json: {} }));
    await send(server.url);
    expect(server.requests[0]?.headers["accept-encoding"]).toBe("identity");
  });
});

it("supports timeouts longer than the longest timer of Node.js", async () => {
  const warnings: string[] = [];
  const record = (warning: Error): number => warnings.push(warning.name);
  process.on("warning", record);
  const server = await startServer(() => new Promise((resolve) => setTimeout(() => resolve({ json: {} }), 30)));
  await send(server.url, { requestTimeoutMs: 1_000 * 3_600_000 });
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", record);
  expect(server.requests).toHaveLength(1);
  expect(warnings).toEqual([]);
});
