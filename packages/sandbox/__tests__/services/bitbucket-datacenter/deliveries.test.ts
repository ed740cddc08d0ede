/** Deliveries to a receiver that acts as the paired Spacelift: what arrives, and when nothing is sent. */
import { createHmac } from "node:crypto";
import { selfSignedCertificate } from "../../../core/certificate";
import { type ReceivedDelivery, startReceiver } from "../../receiver";
import { ALL_EVENTS, HOOKS, SECRET, type ServiceWithReceiver, startServiceWithReceiver, TARGET } from "./service-with-receiver";
import { basic, startDatacenter } from "./test-service";

let setup: ServiceWithReceiver;
beforeEach(async () => {
  setup = await startServiceWithReceiver();
});
afterEach(() => setup.stop());

const outcomes = (response: { deliveries: { outcome: string }[] }) => response.deliveries.map(({ outcome }) => outcome);

describe("a delivery", () => {
  it("has Data Center's headers and a signature of the raw body", async () => {
    const { id } = await setup.createWebhook();
    const response = await setup.push();
    expect(response.deliveries).toMatchObject([
      { hook: id, event: "repo:refs_changed", outcome: "delivered", attempts: [{ number: 1, status: 200 }] },
    ]);
    expect(setup.received).toHaveLength(1);
    const [{ path, headers, body }] = setup.received as [ReceivedDelivery];
    expect(path).toBe("/hook");
    expect(headers).toMatchObject({
      "x-event-key": "repo:refs_changed",
      "content-type": "application/json; charset=utf-8",
      "x-hub-signature": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
    });
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["user-agent"]).toMatch(/^Atlassian HttpClient \S+ \/ Bitbucket-9\.\d+\.\d+ \(9\d{6}\) \/ Default$/);
    for (const absent of ["x-hook-uuid", "x-request-uuid", "x-attempt-number", "authorization"]) expect(headers[absent]).toBeUndefined();
  });

  it("has no signature without a secret, or after a PUT without the secret", async () => {
    const { id } = await setup.createWebhook();
    await setup.push();
    await setup.server.request("PUT", `${HOOKS}/${id}`, { body: { url: `${setup.receiver.origin}/hook`, events: ALL_EVENTS } });
    await setup.push();
    expect(setup.received.map(({ headers }) => headers["x-hub-signature"] !== undefined)).toEqual([true, false]);
  });

  it("has the webhook's user name and password, which the control path does not show", async () => {
    await setup.createWebhook({ credentials: { username: "proxy", password: "open-sesame" } });
    await setup.push();
    expect(setup.received[0]?.headers.authorization).toBe(basic("proxy", "open-sesame"));
    const shown = JSON.stringify([
      await setup.server.control("deliveries"),
      await setup.server.control("state"),
      await setup.server.control("requests"),
    ]);
    for (const secret of [SECRET, "open-sesame", basic("proxy", "open-sesame").slice(6)]) expect(shown).not.toContain(secret);
    expect(shown).toMatch(/"Authorization":"sha256:[0-9a-f]{16}"/);
  });

  it.each<[string, number, number, string]>([
    ["2xx", 204, 204, "delivered"],
    ["4xx", 401, 401, "delivered"],
    ["a redirect, which is not followed", 302, 302, "delivered"],
    ["5xx", 503, 503, "failed"],
    ["a closed connection", -1, 0, "failed"],
  ])("that receives %s is sent only once", async (_, given, status, outcome) => {
    await setup.createWebhook();
    setup.receiver.statuses = [given];
    expect((await setup.push()).deliveries).toMatchObject([{ outcome, attempts: [{ number: 1, status }] }]);
    expect(setup.received).toHaveLength(1);
  });

  it("fails after the timeout", async () => {
    await setup.createWebhook();
    await setup.server.control("switches", { "delivery-timeout": 100 });
    setup.receiver.statuses = [0];
    expect((await setup.push()).deliveries).toMatchObject([
      { outcome: "failed", attempts: [{ status: 0, error: "no response within 100 ms" }] },
    ]);
  });

  it("that is in progress during a reset is not listed afterwards", async () => {
    await setup.createWebhook();
    await setup.server.control("switches", { "delivery-timeout": 100 });
    setup.receiver.statuses = [0];
    const pushed = setup.push();
    while (setup.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await setup.server.control("reset", {});
    expect(outcomes(await pushed)).toEqual(["failed"]);
    expect(await setup.server.control("deliveries")).toEqual([]);
  });

  it("goes to active, subscribed webhooks of the repository and its project, and the response explains the others", async () => {
    await setup.createWebhook({ url: `${setup.receiver.origin}/active` });
    await setup.createWebhook({ url: `${setup.receiver.origin}/inactive`, active: false });
    await setup.createWebhook({ url: `${setup.receiver.origin}/other-event`, events: ["repo:forked"] });
    await setup.createWebhook({ url: "https://hooks.example/elsewhere" });
    await setup.createWebhook({ url: `${setup.receiver.origin}/other-repository` }, "/projects/PLAT/repos/billing/webhooks");
    await setup.createWebhook({ url: `${setup.receiver.origin}/project` }, "/projects/PLAT/webhooks");
    const results = (await setup.push()).deliveries.map(({ url, outcome }: { url: string; outcome: string }) => [
      new URL(url).pathname,
      outcome,
    ]);
    expect(results).toEqual([
      ["/active", "delivered"],
      ["/inactive", "inactive"],
      ["/other-event", "not-subscribed"],
      ["/elsewhere", "recorded"],
      ["/project", "delivered"],
    ]);
    expect(setup.received.map(({ path }) => path)).toEqual(["/active", "/project"]);
    await setup.server.control("push", { ...TARGET, repository: "billing", branch: "trunk" });
    expect(setup.received.map(({ path }) => path)).toEqual(["/active", "/project", "/other-repository", "/project"]);
  });

  it("is listed with headers and payload until a reset", async () => {
    await setup.createWebhook();
    await setup.push();
    expect(await setup.server.control("deliveries")).toMatchObject([
      {
        event: "repo:refs_changed",
        repository: "PLAT/infra",
        payload: setup.receiver.payloads()[0],
        headers: { "X-Event-Key": "repo:refs_changed" },
      },
    ]);
    await setup.server.control("reset", {});
    expect(await setup.server.control("deliveries")).toEqual([]);
  });
});

describe("verification of certificates", () => {
  it.each<[boolean, string, RegExp | null]>([
    [true, "failed", /self-signed/],
    [false, "delivered", null],
  ])("follows sslVerificationRequired: %s", async (sslVerificationRequired, outcome, error) => {
    const secure = await startReceiver(selfSignedCertificate());
    const paired = await startDatacenter({ paired: [secure.origin] });
    const body = { url: `${secure.origin}/hook`, events: ALL_EVENTS, sslVerificationRequired };
    await paired.request("POST", HOOKS, { body });
    const [delivery] = (await paired.control("push", { ...TARGET, branch: "main" })).deliveries;
    await Promise.all([paired.stop(), secure.stop()]);
    expect(delivery.outcome).toBe(outcome);
    if (error !== null) expect(delivery.attempts[0].error).toMatch(error);
  });
});

describe("the circuit breaker", () => {
  const fail = async (times: number, status: number) => {
    setup.receiver.statuses = Array.from({ length: times }, () => status);
    const results: string[] = [];
    for (let time = 0; time < times; time++) results.push(...outcomes(await setup.push()));
    return results;
  };

  it.each([
    ["error responses", 401, "delivered"],
    ["missing responses", -1, "failed"],
  ])("pauses a webhook for 10 s after five %s, and then sends again", async (_, status, outcome) => {
    await setup.createWebhook();
    expect(await fail(5, status)).toEqual([outcome, outcome, outcome, outcome, outcome]);
    setup.receiver.statuses = [];
    expect(outcomes(await setup.push())).toEqual(["skipped"]);
    expect(setup.received).toHaveLength(5);
    await setup.server.control("clock", { advanceSeconds: 10 });
    expect(outcomes(await setup.push())).toEqual(["delivered"]);
    expect(setup.received).toHaveLength(6);
  });

  it("pauses longer each time, and starts over after a success", async () => {
    await setup.createWebhook();
    await fail(5, 500);
    await setup.server.control("clock", { advanceSeconds: 10 });
    expect(await fail(1, 500)).toEqual(["failed"]);
    await setup.server.control("clock", { advanceSeconds: 10 });
    expect(outcomes(await setup.push())).toEqual(["skipped"]);
    await setup.server.control("clock", { advanceSeconds: 10 });
    expect(outcomes(await setup.push())).toEqual(["delivered"]);
    expect(await fail(4, 500)).toEqual(["failed", "failed", "failed", "failed"]);
    expect(outcomes(await setup.push())).toEqual(["delivered"]);
  });

  it("applies to one webhook, and can be switched off", async () => {
    await setup.createWebhook();
    await fail(5, 500);
    await setup.createWebhook({ url: `${setup.receiver.origin}/other` });
    expect(outcomes(await setup.push())).toEqual(["skipped", "delivered"]);
    await setup.server.control("switches", { "circuit-breaker": "off" });
    expect(outcomes(await setup.push())).toEqual(["delivered", "delivered"]);
  });
});
