/** Deliveries of Bitbucket Data Center to a receiver that poses as the paired Spacelift: what arrives, and when nothing is sent. */
import { createHmac } from "node:crypto";
import { selfSignedCertificate } from "../../../core/certificate";
import { type ReceivedDelivery, startReceiver } from "../../receiver";
import { basic, startDatacenter } from "./test-service";
import { ALL, AT, type Delivering, HOOKS, SECRET, startDelivering } from "./service-with-receiver";

let playing: Delivering;
beforeEach(async () => {
  playing = await startDelivering();
});
afterEach(() => playing.stop());

const outcomes = (answer: { deliveries: { outcome: string }[] }) => answer.deliveries.map(({ outcome }) => outcome);

describe("a delivery", () => {
  it("carries Data Center's headers and a signature of the raw body", async () => {
    const { id } = await playing.hook();
    const answer = await playing.push();
    expect(answer.deliveries).toMatchObject([
      { hook: id, event: "repo:refs_changed", outcome: "delivered", attempts: [{ number: 1, status: 200 }] },
    ]);
    expect(playing.received).toHaveLength(1);
    const [{ path, headers, body }] = playing.received as [ReceivedDelivery];
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

  it("has no signature without a secret, and none after a PUT that left it out", async () => {
    const { id } = await playing.hook();
    await playing.push();
    await playing.server.ask("PUT", `${HOOKS}/${String(id)}`, { body: { url: `${playing.receiver.origin}/hook`, events: ALL } });
    await playing.push();
    expect(playing.received.map(({ headers }) => headers["x-hub-signature"] !== undefined)).toEqual([true, false]);
  });

  it("carries the webhook's user name and password, which the control path does not show", async () => {
    await playing.hook({ credentials: { username: "proxy", password: "open-sesame" } });
    await playing.push();
    expect(playing.received[0]?.headers.authorization).toBe(basic("proxy", "open-sesame"));
    const shown = JSON.stringify([
      await playing.server.control("deliveries"),
      await playing.server.control("state"),
      await playing.server.control("requests"),
    ]);
    for (const secret of [SECRET, "open-sesame", basic("proxy", "open-sesame").slice(6)]) expect(shown).not.toContain(secret);
    expect(shown).toMatch(/"Authorization":"sha256:[0-9a-f]{16}"/);
  });

  it.each<[string, number, number, string]>([
    ["2xx", 204, 204, "delivered"],
    ["4xx", 401, 401, "delivered"],
    ["a redirect, which is not followed", 302, 302, "delivered"],
    ["5xx", 503, 503, "failed"],
    ["a cut connection", -1, 0, "failed"],
  ])("answered with %s is sent once and never again", async (_, given, status, outcome) => {
    await playing.hook();
    playing.receiver.statuses = [given];
    expect((await playing.push()).deliveries).toMatchObject([{ outcome, attempts: [{ number: 1, status }] }]);
    expect(playing.received).toHaveLength(1);
  });

  it("gives up after the time that the receiver has", async () => {
    await playing.hook();
    await playing.server.control("switches", { "delivery-timeout": 100 });
    playing.receiver.statuses = [0];
    expect((await playing.push()).deliveries).toMatchObject([
      { outcome: "failed", attempts: [{ status: 0, error: "no response within 100 ms" }] },
    ]);
  });

  it("that is on its way while everything is reset is not among those of afterwards", async () => {
    await playing.hook();
    await playing.server.control("switches", { "delivery-timeout": 100 });
    playing.receiver.statuses = [0];
    const pushed = playing.push();
    while (playing.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await playing.server.control("reset", {});
    expect(outcomes(await pushed)).toEqual(["failed"]);
    expect(await playing.server.control("deliveries")).toEqual([]);
  });

  it("goes to active webhooks that subscribed, of the repository and of its project, and the answer says why others got none", async () => {
    await playing.hook({ url: `${playing.receiver.origin}/active` });
    await playing.hook({ url: `${playing.receiver.origin}/inactive`, active: false });
    await playing.hook({ url: `${playing.receiver.origin}/other-event`, events: ["repo:forked"] });
    await playing.hook({ url: "https://hooks.example/elsewhere" });
    await playing.hook({ url: `${playing.receiver.origin}/other-repository` }, "/projects/PLAT/repos/billing/webhooks");
    await playing.hook({ url: `${playing.receiver.origin}/project` }, "/projects/PLAT/webhooks");
    const told = (await playing.push()).deliveries.map((one: { url: string; outcome: string }) => [new URL(one.url).pathname, one.outcome]);
    expect(told).toEqual([
      ["/active", "delivered"],
      ["/inactive", "inactive"],
      ["/other-event", "not-subscribed"],
      ["/elsewhere", "recorded"],
      ["/project", "delivered"],
    ]);
    expect(playing.received.map(({ path }) => path)).toEqual(["/active", "/project"]);
    await playing.server.control("push", { ...AT, repository: "billing", branch: "trunk" });
    expect(playing.received.map(({ path }) => path)).toEqual(["/active", "/project", "/other-repository", "/project"]);
  });

  it("is listed with headers and payload until it is cleared", async () => {
    await playing.hook();
    await playing.push();
    expect(await playing.server.control("deliveries")).toMatchObject([
      {
        event: "repo:refs_changed",
        repository: "PLAT/infra",
        payload: playing.receiver.payloads()[0],
        headers: { "X-Event-Key": "repo:refs_changed" },
      },
    ]);
    await playing.server.control("reset", {});
    expect(await playing.server.control("deliveries")).toEqual([]);
  });
});

describe("verification of certificates", () => {
  it.each<[boolean, string, RegExp | null]>([
    [true, "failed", /self-signed/],
    [false, "delivered", null],
  ])("is on or off as sslVerificationRequired says: %s", async (sslVerificationRequired, outcome, error) => {
    const secure = await startReceiver(selfSignedCertificate());
    const paired = await startDatacenter({ paired: [secure.origin] });
    const body = { url: `${secure.origin}/hook`, events: ALL, sslVerificationRequired };
    await paired.ask("POST", HOOKS, { body });
    const [delivery] = (await paired.control("push", { ...AT, branch: "main" })).deliveries;
    await Promise.all([paired.stop(), secure.stop()]);
    expect(delivery.outcome).toBe(outcome);
    if (error !== null) expect(delivery.attempts[0].error).toMatch(error);
  });
});

describe("the circuit breaker", () => {
  const fail = async (times: number, status: number) => {
    playing.receiver.statuses = Array.from({ length: times }, () => status);
    const seen: string[] = [];
    for (let time = 0; time < times; time++) seen.push(...outcomes(await playing.push()));
    return seen;
  };

  it.each([
    ["answers that are no success", 401, "delivered"],
    ["no answers", -1, "failed"],
  ])("leaves a webhook alone for 10 s after five %s, and then tries again", async (_, status, outcome) => {
    await playing.hook();
    expect(await fail(5, status)).toEqual([outcome, outcome, outcome, outcome, outcome]);
    playing.receiver.statuses = [];
    expect(outcomes(await playing.push())).toEqual(["skipped"]);
    expect(playing.received).toHaveLength(5);
    await playing.server.control("clock", { advanceSeconds: 10 });
    expect(outcomes(await playing.push())).toEqual(["delivered"]);
    expect(playing.received).toHaveLength(6);
  });

  it("waits longer each time, and starts anew after a success", async () => {
    await playing.hook();
    await fail(5, 500);
    await playing.server.control("clock", { advanceSeconds: 10 });
    expect(await fail(1, 500)).toEqual(["failed"]);
    await playing.server.control("clock", { advanceSeconds: 10 });
    expect(outcomes(await playing.push())).toEqual(["skipped"]);
    await playing.server.control("clock", { advanceSeconds: 10 });
    expect(outcomes(await playing.push())).toEqual(["delivered"]);
    expect(await fail(4, 500)).toEqual(["failed", "failed", "failed", "failed"]);
    expect(outcomes(await playing.push())).toEqual(["delivered"]);
  });

  it("is of one webhook, and can be switched off", async () => {
    await playing.hook();
    await fail(5, 500);
    await playing.hook({ url: `${playing.receiver.origin}/other` });
    expect(outcomes(await playing.push())).toEqual(["skipped", "delivered"]);
    await playing.server.control("switches", { "circuit-breaker": "off" });
    expect(outcomes(await playing.push())).toEqual(["delivered", "delivered"]);
  });
});
