/** The HTTP client: retries, rate limits, cancellation, redirects, concurrency, and redaction of secrets. */
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Http } from "../../http/http";
import type { RemoteSettings } from "../../http/settings";
import type { HttpRequest } from "../../http/request";
import { mayStillRun } from "../../http/retry";
import { Secrets } from "../../http/secrets";
import { Problem } from "../../../diagnostics";
import { rejectionOf, LogLines, settings, startServer, stopServers, type StubResponse } from "./stub-server";

afterEach(stopServers);

const http = (changes: Partial<RemoteSettings> = {}, secrets = new Secrets()): Http => new Http("Example", settings(changes), secrets);

function request(
  url: string,
  access: "read" | "write" = "read",
  method: HttpRequest["method"] = access === "read" ? "GET" : "POST",
): HttpRequest {
  return { method, url: new URL(url), headers: {}, access, body: method === "GET" ? undefined : "{}" };
}

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const failure = await rejectionOf(work);
  if (!(failure instanceof Problem)) throw failure;
  return failure;
}

describe("retries", () => {
  const ok: StubResponse = { json: { ok: true } };
  it.each<[string, StubResponse, "read" | "write", number, string, string | undefined]>([
    ["retries a read after 500", { status: 500 }, "read", 2, "success", undefined],
    ["retries a read after 503", { status: 503, headers: { "retry-after": "0" } }, "read", 2, "success", undefined],
    ["retries a read after 408", { status: 408 }, "read", 2, "success", undefined],
    ["retries a read after a reset", { behavior: "reset" }, "read", 2, "success", undefined],
    ["retries a read whose response was cut off", { json: { half: true }, behavior: "cut-off" }, "read", 2, "success", undefined],
    ["does not retry a read after 501", { status: 501 }, "read", 1, "remote-request-rejected", "no"],
    ["does not retry a write after 500", { status: 500 }, "write", 1, "remote-response-invalid", "unknown"],
    [
      "does not retry a write after 502",
      { status: 502, text: "<html>bad gateway</html>" },
      "write",
      1,
      "remote-response-invalid",
      "unknown",
    ],
    [
      "does not retry a write after 503, even with Retry-After",
      { status: 503, headers: { "retry-after": "0" } },
      "write",
      1,
      "remote-response-invalid",
      "unknown",
    ],
    ["does not retry a write after 408", { status: 408 }, "write", 1, "remote-response-invalid", "unknown"],
    ["does not retry a write after 501, which was not executed", { status: 501 }, "write", 1, "remote-request-rejected", "no"],
    ["does not retry a write after a reset", { behavior: "reset" }, "write", 1, "remote-unreachable", "unknown"],
    [
      "does not retry a write whose response was cut off",
      { json: { half: true }, behavior: "cut-off" },
      "write",
      1,
      "remote-unreachable",
      "unknown",
    ],
    ["retries a write after 429", { status: 429, headers: { "retry-after": "0" } }, "write", 2, "success", undefined],
    ["retries a read after 429", { status: 429, headers: { "retry-after": "0" } }, "read", 2, "success", undefined],
  ])("%s", async (_name, first, access, attempts, outcome, execution) => {
    const server = await startServer((_request, count) => (count === 1 ? first : ok));
    const work = http().sendForJson(request(`${server.url}/thing`, access));
    if (outcome === "success") {
      expect((await work).body).toEqual({ ok: true });
    } else {
      const failure = await problemOf(work);
      expect(failure.diagnostic.code).toBe(outcome);
      expect(failure.execution).toBe(execution);
      expect(failure.diagnostic.why).toContain(new URL(server.url).host);
    }
    expect(server.requests).toHaveLength(attempts);
  });

  it("does not send a value that HTTP cannot carry, and names the credential as the cause", async () => {
    const server = await startServer(() => ({ json: {} }));
    const failure = await problemOf(
      http().send({ ...request(`${server.url}/thing`, "write"), headers: { authorization: "Bearer broken\ntoken" } }),
    );
    expect(failure.diagnostic.code).toBe("provider-setting-invalid");
    expect(failure.diagnostic.fix).toContain("line break");
    expect(JSON.stringify(failure.diagnostic)).not.toContain("broken");
    expect(server.requests).toHaveLength(0);
  });

  it("stops retrying a read after four attempts, and reports their number", async () => {
    const server = await startServer(() => ({ status: 502, text: "upstream is away" }));
    const failure = await problemOf(http().send(request(`${server.url}/thing`)));
    expect(server.requests).toHaveLength(4);
    expect(failure.diagnostic.why).toContain("(4 attempts): upstream is away");
    expect(failure.kind).toBe("transport");
    expect(failure.status).toBe(502);
    expect(failure.execution).toBe("no");
  });

  it("retries a write if no server listens, because nothing was sent", async () => {
    const stopped = await startServer(() => ({}));
    await stopped.stop();
    const log = new LogLines();
    const failure = await problemOf(http({ log }).send(request(`${stopped.url}/thing`, "write")));
    expect(failure.diagnostic.code).toBe("remote-unreachable");
    expect(failure.execution).toBe("no");
    expect(failure.diagnostic.why).toContain("ECONNREFUSED");
    expect(log.lines.filter((line) => line.level === "debug")).toHaveLength(4);
  });

  it("does not retry a host name that does not exist", async () => {
    const log = new LogLines();
    const failure = await problemOf(http({ log }).send(request("http://nowhere.invalid/thing")));
    expect(failure.diagnostic.code).toBe("remote-unreachable");
    expect(failure.diagnostic.fix).toContain("http://nowhere.invalid");
    // Without a name service the error is EAI_AGAIN, which may be temporary.
    expect([1, 4]).toContain(log.lines.length);
  });

  it("ends an attempt at its timeout; the execution of a write is then unknown", async () => {
    const server = await startServer((_request, count) => (count === 1 ? { json: {} } : { behavior: "silence" }));
    const client = http({ requestTimeoutMs: 800 });
    // The connection already exists, so the time is spent waiting for the response.
    await client.send(request(`${server.url}/thing`));
    const failure = await problemOf(client.send(request(`${server.url}/thing`, "write")));
    expect(failure.diagnostic.why).toContain("no response within 0.8 s");
    expect(failure.execution).toBe("unknown");
    expect(server.requests).toHaveLength(2);
  });

  it("applies the same timeout to a slow connection, and reports that the write was not executed", async () => {
    // A listener that never responds to the TLS handshake.
    const sockets: { destroy(): void }[] = [];
    const silent = createTcpServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const failure = await problemOf(http({ requestTimeoutMs: 30 }).send(request(`https://127.0.0.1:${port}/thing`, "write")));
    for (const socket of sockets) socket.destroy();
    silent.close();
    expect(failure.execution).toBe("no");
    expect(failure.kind).toBe("transport");
  });
});

describe("rate limits", () => {
  it("waits as long as Retry-After says, and logs the reason", async () => {
    const server = await startServer((_request, count) => (count === 1 ? { status: 429, headers: { "retry-after": "1" } } : { json: [] }));
    const log = new LogLines();
    const started = Date.now();
    await http({ log }).send(request(`${server.url}/thing`));
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
    const waiting = log.lines.find((line) => line.level === "info");
    expect(waiting?.message).toContain("Example");
    expect(waiting?.fields).toMatchObject({ seconds: 1, operation: "GET /thing", host: new URL(server.url).host });
  });

  it("delays other requests to the same host in the meantime", async () => {
    let limitedAt = 0;
    const server = await startServer(({ path }) => {
      if (path === "/first" && limitedAt === 0) {
        limitedAt = Date.now();
        return { status: 429, headers: { "retry-after": "1" } };
      }
      return { json: { at: Date.now() } };
    });
    const first = http().send(request(`${server.url}/first`));
    while (limitedAt === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await http().send(request(`${server.url}/second`));
    expect((second.body as { at: number }).at - limitedAt).toBeGreaterThanOrEqual(900);
    await first;
  });

  it("also delays requests that were waiting for a slot when the host responded with 429", async () => {
    const log = new LogLines();
    const server = await startServer((_request, count) => (count === 1 ? { status: 429, headers: { "retry-after": "1" } } : { json: {} }));
    const client = http({ maxConcurrentRequests: 1, log });
    await Promise.all(Array.from({ length: 5 }, (_, index) => client.send(request(`${server.url}/${index}`))));
    expect(server.requests).toHaveLength(6);
    expect(log.lines.filter(({ level }) => level === "info").length).toBeGreaterThanOrEqual(5);
  });

  it("does not start a wait that is longer than allowed", async () => {
    const server = await startServer(() => ({ status: 429, headers: { "retry-after": "3000" } }));
    const started = Date.now();
    const failure = await problemOf(http({ rateLimitMaxWaitMs: 2_000 }).send(request(`${server.url}/thing`, "write")));
    expect(Date.now() - started).toBeLessThan(4_000);
    expect(failure.diagnostic.code).toBe("remote-rate-limited");
    expect(failure.kind).toBe("rate-limited");
    expect(failure.execution).toBe("no");
    expect(failure.diagnostic.why).toContain("another 3000 s; rate_limit_max_wait allows 2 s");
  });

  it("stops waiting at once when it is canceled", async () => {
    const server = await startServer(() => ({ status: 429, headers: { "retry-after": "9" } }));
    const stop = new AbortController();
    const work = http({ signal: stop.signal }).send(request(`${server.url}/thing`));
    setTimeout(() => {
      stop.abort();
    }, 100);
    const started = Date.now();
    const failure = await problemOf(work);
    expect(Date.now() - started).toBeLessThan(4_000);
    expect(failure.diagnostic.code).toBe("operation-canceled");
    expect(failure.kind).toBe("canceled");
  });
});

describe("cancellation", () => {
  it("ends a read in flight at once", async () => {
    const stop = new AbortController();
    const server = await startServer(() => {
      stop.abort();
      return { behavior: "silence" };
    });
    const failure = await problemOf(http({ signal: stop.signal, requestTimeoutMs: 60_000 }).send(request(`${server.url}/thing`)));
    expect(failure.kind).toBe("canceled");
    expect(failure.execution).toBe("no");
    expect(server.requests).toHaveLength(1);
  });

  it("waits for the result of a write in flight, so that the state is correct", async () => {
    const stop = new AbortController();
    const server = await startServer(async () => {
      stop.abort();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { json: { created: true } };
    });
    const response = await http({ signal: stop.signal }).send(request(`${server.url}/thing`, "write"));
    expect(response.body).toEqual({ created: true });
  });

  it("reports that the execution of a write without a response is unknown", async () => {
    const stop = new AbortController();
    const server = await startServer(() => {
      stop.abort();
      return { behavior: "silence" };
    });
    const failure = await problemOf(http({ signal: stop.signal, requestTimeoutMs: 1_500 }).send(request(`${server.url}/thing`, "write")));
    expect(failure.execution).toBe("unknown");
  });

  it("sends no further request", async () => {
    const server = await startServer(() => ({ json: {} }));
    const stop = new AbortController();
    stop.abort();
    const failure = await problemOf(http({ signal: stop.signal }).send(request(`${server.url}/thing`, "write")));
    expect(failure.execution).toBe("no");
    expect(server.requests).toHaveLength(0);
  });
});

describe("redirects", () => {
  it.each([
    [301, "read", true],
    [302, "read", true],
    [307, "read", true],
    [308, "read", true],
    [301, "write", false],
    [302, "write", false],
    [303, "write", false],
    [307, "write", true],
    [308, "write", true],
  ] as const)("after %d on the same origin, a %s is followed: %s", async (status, access, followed) => {
    const server = await startServer(({ path, method }) =>
      path === "/old" ? { status, headers: { location: "/new" } } : { json: { path, method } },
    );
    const work = http().send(request(`${server.url}/old`, access));
    if (followed) {
      expect((await work).body).toEqual({ path: "/new", method: access === "read" ? "GET" : "POST" });
    } else {
      const failure = await problemOf(work);
      expect(failure.diagnostic.code).toBe("remote-redirect");
      expect(failure.execution).toBe(status === 301 ? "no" : "unknown");
      expect(server.requests).toHaveLength(1);
    }
  });

  it.each([301, 307, 308])("never follows %d to another origin, so that the credential does not go there", async (status) => {
    const other = await startServer(() => ({ json: {} }));
    const server = await startServer(() => ({ status, headers: { location: `${other.url}/new` } }));
    const failure = await problemOf(http().send({ ...request(`${server.url}/old`), headers: { authorization: "Bearer secret-token" } }));
    expect(failure.diagnostic.code).toBe("remote-redirect");
    expect(failure.diagnostic.fix).toContain(other.url);
    expect(other.requests).toHaveLength(0);
  });

  it("stops following redirects in a loop", async () => {
    const server = await startServer(() => ({ status: 307, headers: { location: "/again" } }));
    expect((await problemOf(http().send(request(`${server.url}/again`)))).diagnostic.code).toBe("remote-redirect");
    expect(server.requests.length).toBeLessThan(10);
  });
});

describe("responses that are not JSON", () => {
  it.each<[string, StubResponse, string]>([
    ["a login page", { text: "<!doctype html><html>login</html>", headers: { "content-type": "text/html" } }, "an HTML page"],
    ["an empty body", { text: "" }, "an empty body"],
    ["plain text", { text: "fine", headers: { "content-type": "text/plain" } }, "a body that is not JSON (text/plain)"],
  ])("reports %s", async (_name, response, words) => {
    const server = await startServer(() => response);
    const failure = await problemOf(http().sendForJson(request(`${server.url}/thing`)));
    expect(failure.diagnostic.code).toBe("remote-response-invalid");
    expect(failure.diagnostic.why).toContain(words);
    expect(failure.kind).toBe("transport");
  });
});

describe("connections", () => {
  it("limits the number of requests in flight across all clients", async () => {
    const server = await startServer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { json: {} };
    });
    const [first, second] = [http({ maxConcurrentRequests: 3 }), http({ maxConcurrentRequests: 3 })];
    await Promise.all(Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? first : second).send(request(`${server.url}/${index}`))));
    expect(server.requests).toHaveLength(12);
    expect(server.maxConcurrent()).toBe(3);
  });

  it("reuses a connection", async () => {
    const server = await startServer(() => ({ json: {} }));
    const client = http();
    for (let round = 0; round < 3; round += 1) await client.send(request(`${server.url}/thing`));
    expect(new Set(server.requests.map(({ port }) => port)).size).toBe(1);
  });

  it("explains a self-signed certificate", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bitlift-tls-"));
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=localhost", "-days", "1"],
      {
        stdio: "ignore",
      },
    );
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_request, response) => response.end("{}"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const log = new LogLines();
    const failure = await problemOf(http({ log }).send(request(`https://127.0.0.1:${port}/thing`, "write")));
    server.closeAllConnections();
    server.close();
    expect(failure.diagnostic.code).toBe("remote-unreachable");
    expect(failure.diagnostic.why).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(failure.diagnostic.fix).toContain("NODE_EXTRA_CA_CERTS");
    expect(failure.execution).toBe("no");
    expect(log.lines).toHaveLength(1);
  });
});

describe("secrets", () => {
  it("appear in no log line and no error, in any encoding", async () => {
    const secrets = new Secrets();
    const secret = 'tok"en+with/special signs';
    secrets.add(secret);
    const log = new LogLines();
    const server = await startServer(({ text, headers }) => ({
      status: 500,
      text: `you sent ${text} ${String(headers["authorization"])} ${encodeURIComponent(secret)}`,
    }));
    const work = http({ log }, secrets).send({
      ...request(`${server.url}/thing`, "write"),
      headers: { authorization: `Basic ${Buffer.from(secret).toString("base64")}` },
      body: JSON.stringify({ secret }),
    });
    const failure = await problemOf(work);
    const texts = `${JSON.stringify(failure.diagnostic)} ${failure.message} ${failure.stack} ${log.text()}`;
    for (const encoded of [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64"),
    ]) {
      expect(texts).not.toContain(encoded);
    }
    expect(failure.diagnostic.why).toContain("(redacted)");
    expect(failure.execution).toBe("unknown");
    expect(failure.status).toBe(500);
  });

  it("are redacted without losing the cause of the failure: a request that timed out may still run", async () => {
    const secrets = new Secrets();
    secrets.add("response");
    const server = await startServer(() => new Promise(() => undefined));
    const failure = await problemOf(http({ requestTimeoutMs: 50 }, secrets).send(request(`${server.url}/thing`, "write")));
    expect(failure.diagnostic.why).not.toContain("response");
    expect(mayStillRun(failure)).toBe(true);
  });
});
