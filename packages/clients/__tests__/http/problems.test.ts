/** What a person is told when an answer cannot be used: the true cause, and no secret, whole or in part. */
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

function ask(url: string, changes: Partial<RemoteSettings> = {}, secrets = new Secrets()) {
  const http = new Http("Example", settings(changes), secrets);
  return http.sendForJson({ method: "GET", url: new URL(url), headers: {}, access: "read" });
}

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const failure = await rejectionOf(work);
  if (!(failure instanceof Problem)) throw failure;
  return failure;
}

describe("a server that repeats a secret where a message cuts its text", () => {
  const secret = "token-0123456789-abcdefghijk";
  const repository = { namespace: "PAY", repository: "billing" };
  const datacenter = (url: string): Promise<unknown> =>
    new BitbucketDatacenter({ accessToken: secret }, url, { ...settings(), caCertificate: null }).webhooks.list(repository);
  const cloud = (url: string): Promise<unknown> => new BitbucketCloud({ accessToken: secret }, url, settings()).webhooks.list(repository);

  it.each([
    ["Data Center, with a failure", datacenter, 500, 200],
    ["Data Center, with a refusal", datacenter, 422, 300],
    ["Cloud, with a failure", cloud, 500, 200],
    ["Cloud, with a refusal", cloud, 422, 300],
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

  it("a password with a line break, where white space is drawn together", async () => {
    const secrets = new Secrets();
    secrets.add("my  own\npassword");
    const server = await startServer(() => ({
      status: 500,
      text: "you said my  own\npassword",
      headers: { "content-type": "text/plain" },
    }));
    expect((await problemOf(ask(server.url, {}, secrets))).diagnostic.why).toContain("you said (redacted)");
  });
});

describe("TLS", () => {
  it("a server that speaks http is not blamed for its certificate", async () => {
    const server = await startServer(() => ({ json: {} }));
    const { why, fix } = (await problemOf(ask(server.url.replace("http:", "https:"), { caCertificate: null }))).diagnostic;
    expect(why).toContain("do not agree on a TLS connection: wrong version number (ERR_SSL_WRONG_VERSION_NUMBER).");
    expect(fix).toContain("a server that speaks http there");
    expect(fix).not.toContain("ca_certificate");
  });

  it.each([
    ["has ended", -500 * DAY_MS, "CERT_HAS_EXPIRED", "or that of the authority in ca_certificate, whichever has ended"],
    ["is not valid yet", 5 * DAY_MS, "CERT_NOT_YET_VALID", "Check the clock of this machine"],
  ])("a certificate that %s is not taken for one of another authority", async (_name, later, code, words) => {
    const identity = selfSignedCertificate(Date.now() + later);
    const server = createTlsServer(identity, (_request, response) => response.end("{}"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A server that listens on a port has an address with one.
    const { port } = server.address() as AddressInfo;
    const work = problemOf(ask(`https://127.0.0.1:${String(port)}/`, { caCertificate: identity.cert }));
    const { why, fix } = (await work.finally(() => server.close())).diagnostic;
    expect(why).toContain(code);
    expect(fix).toContain(words);
    expect(fix).not.toContain("is not of the authority");
  });
});

describe("a redirect within the server", () => {
  const redirected = async (location: string, method: "GET" | "POST"): Promise<{ readonly why: string; readonly fix: string }> => {
    const server = await startServer(() => ({ status: 301, headers: { location } }));
    const http = new Http("Example", settings(), new Secrets());
    const work = http.send({ method, url: new URL(`${server.url}/api/thing`), headers: {}, access: method === "GET" ? "read" : "write" });
    const { why, fix } = (await problemOf(work)).diagnostic;
    return { why, fix: fix.replace(server.url, "<server>") };
  };

  it("tells the context path that its address lacks", async () => {
    expect((await redirected("/context/api/thing", "POST")).fix).toContain(
      "If Example is below <server>/context, configure that as its address",
    );
  });

  it("does not ask for the address that is configured already", async () => {
    expect((await redirected("/api/other", "POST")).fix).toContain("If what was asked for has another name or address now");
  });

  it("that is a circle is not called a change", async () => {
    expect((await redirected("/api/thing", "GET")).why).toContain("Redirects are followed a few times only");
  });
});

describe("answers that are JSON all the same", () => {
  it("with a mark before the first byte", async () => {
    const server = await startServer(() => ({ text: '\uFEFF{"a":1}', headers: { "content-type": "application/json" } }));
    expect((await ask(server.url)).body).toEqual({ a: 1 });
  });

  it("are asked for unpacked", async () => {
    const server = await startServer(() => ({ json: {} }));
    await ask(server.url);
    expect(server.requests[0]?.headers["accept-encoding"]).toBe("identity");
  });
});

it("the longest times are long, and not none at all", async () => {
  const warnings: string[] = [];
  const warned = (warning: Error): number => warnings.push(warning.name);
  process.on("warning", warned);
  const server = await startServer(() => new Promise((resolve) => setTimeout(() => resolve({ json: {} }), 30)));
  await ask(server.url, { requestTimeoutMs: 1_000 * 3_600_000 });
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", warned);
  expect(server.requests).toHaveLength(1);
  expect(warnings).toEqual([]);
});
