/** The server with grpc-js as its client: large, many, canceled, failing and slow calls. */
import { Metadata, status, type ClientDuplexStream, type ClientReadableStream } from "@grpc/grpc-js";
import { once } from "node:events";
import { BytesClient, type Outcome } from "./bytes-client";
import { testServer, type TestServer } from "./test-server";

const MIB = 2 ** 20;

let server: TestServer;
let client: BytesClient;
beforeEach(async () => {
  server = await testServer();
  client = new BytesClient(server.port);
});
afterEach(() => {
  client.close();
  server.close();
  expect(server.faults).toEqual([]);
});

/** Random bytes would take long to make. */
const content = (length: number) => Buffer.alloc(length, "0123456789abcdef!");
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};

describe("sizes of messages", () => {
  it.each([0, 1, 4, 16_378, 16_379, 16_380, 65_530, 65_531, 65_536, 131_072, 4 * MIB, 40 * MIB])(
    "%d bytes in both directions",
    async (length) => {
      const sent = content(length);
      const outcome = await client.call("Echo", sent);
      expect("bytes" in outcome && outcome.bytes.equals(sent)).toBe(true);
    },
  );

  it("a large request with a small response, and the reverse", async () => {
    expect(await client.call("Count", content(40 * MIB))).toEqual({ bytes: Buffer.from(String(40 * MIB)) });
    const outcome = await client.call("Produce", String(40 * MIB));
    expect("bytes" in outcome && outcome.bytes.length).toBe(40 * MIB);
  });

  it("several large messages at once", async () => {
    const sent = content(8 * MIB);
    const outcomes = await Promise.all(Array.from({ length: 4 }, async () => client.call("Echo", sent)));
    expect(outcomes.every((outcome) => "bytes" in outcome && outcome.bytes.equals(sent))).toBe(true);
  });
});

describe("outcomes", () => {
  it.each<[string, Parameters<BytesClient["call"]>, Outcome]>([
    ["an exception of a method", ["Fail"], { code: status.UNKNOWN, details: "50 % of größe\nfailed" }],
    ["a failure with a status", ["Exhaust"], { code: status.RESOURCE_EXHAUSTED, details: "" }],
    ["an unknown method", ["None"], { code: status.UNIMPLEMENTED, details: "The server does not have /test.Service/None." }],
  ])("%s", async (_case, parts, outcome) => {
    expect(await client.call(...parts)).toEqual(outcome);
  });

  it("a deadline that passes, after which the connection serves on", async () => {
    expect(await client.call("Wait", "", { deadline: Date.now() + 50 })).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    expect(await client.call("Slow", "60", { deadline: Date.now() + 5_000 })).toEqual({ bytes: Buffer.from("60") });
    expect(server.sockets.size).toBe(1);
  });

  it("metadata of 40 KB", async () => {
    const metadata = new Metadata();
    for (let index = 0; index < 10; index++) metadata.set(`x-large-${index}`, "v".repeat(4_000));
    expect(await client.call("Echo", "a", {}, metadata)).toEqual({ bytes: Buffer.from("a") });
  });

  it("metadata above the limit fails the call, and the connection serves on", async () => {
    const metadata = new Metadata();
    for (let index = 0; index < 20; index++) metadata.set(`x-large-${index}`, "v".repeat(4_000));
    expect(await client.call("Echo", "a", {}, metadata)).toMatchObject({ code: expect.any(Number) as number });
    expect(await client.call("Echo", "b")).toEqual({ bytes: Buffer.from("b") });
  });
});

it("serves 2,000 calls at once: small, large, failing, slow and canceled ones", async () => {
  const running = Array.from({ length: 2_000 }, (_, index) => {
    switch (index % 5) {
      case 0:
        return client.start("Produce", String(index % 50 === 0 ? MIB : 100));
      case 1:
        return client.start("Fail", "");
      case 2:
        return client.start("Slow", String(index % 20));
      case 3:
        return client.start("Wait", "");
      default:
        return client.start("Echo", String(index));
    }
  });
  const canceled = running.filter((_, index) => index % 5 === 3);
  setTimeout(() => {
    for (const call of canceled) call.cancel();
  }, 30);
  const outcomes = await Promise.all(running.map(async ({ outcome }) => outcome));
  const expected = [undefined, status.UNKNOWN, undefined, status.CANCELLED, undefined];
  const wrong = outcomes.filter((outcome, index) => ("code" in outcome ? outcome.code : undefined) !== expected[index % 5]);
  expect(wrong).toEqual([]);
  expect(outcomes[4]).toEqual({ bytes: Buffer.from("4") });
});

describe("cancellation", () => {
  it("of a running call: its response goes nowhere", async () => {
    const call = client.start("Wait", "x");
    await until(() => server.waiting.length === 1);
    call.cancel();
    expect(await call.outcome).toMatchObject({ code: status.CANCELLED });
    server.waiting.shift()?.();
    expect(await client.call("Echo", "next")).toEqual({ bytes: Buffer.from("next") });
  });

  it("while a large request is being sent, and while a large response is", async () => {
    for (const [method, message] of [["Count", content(40 * MIB)] as const, ["Produce", String(40 * MIB)] as const]) {
      const call = client.start(method, message);
      await new Promise((resolve) => setTimeout(resolve, 15));
      call.cancel();
      await call.outcome;
    }
    expect(await client.call("Echo", "next")).toEqual({ bytes: Buffer.from("next") });
  });
});

describe("open calls", () => {
  const streams = () => client.generic as unknown as Record<"Watch", (message: Buffer) => ClientReadableStream<Buffer>>;

  it("stay open until the client cancels them", async () => {
    const stream = streams().Watch(Buffer.alloc(0));
    expect(await client.call("Echo", "a")).toEqual({ bytes: Buffer.from("a") });
    stream.cancel();
    const [failure] = (await once(stream.resume(), "error")) as [{ code: number }];
    expect(failure.code).toBe(status.CANCELLED);
  });

  it("end with the request if only the client sends, however much that is", async () => {
    const upload = (client.generic as unknown as Record<"Upload", () => ClientDuplexStream<Buffer, Buffer>>).Upload();
    for (let count = 0; count < 20; count++) upload.write(content(MIB));
    upload.end();
    const [outcome] = (await once(upload.resume(), "status")) as [{ code: number }];
    expect(outcome.code).toBe(status.OK);
  });
});

describe("the end of the server", () => {
  it("lets running calls end, then closes the connection", async () => {
    const call = client.start("Wait", "last");
    await until(() => server.waiting.length === 1);
    const closed = new Promise<void>((resolve) => server.server.shutDown(resolve));
    server.waiting.shift()?.();
    expect(await call.outcome).toEqual({ bytes: Buffer.from("last") });
    await closed;
    expect(server.sockets.size).toBe(0);
  });

  it("is reported once, and immediately if there is no connection", () => {
    let count = 0;
    server.server.shutDown(() => count++);
    expect(count).toBe(1);
  });

  it("sends a large response completely", async () => {
    const call = client.start("Wait", content(40 * MIB));
    await until(() => server.waiting.length === 1);
    server.server.shutDown(() => undefined);
    server.waiting.shift()?.();
    const outcome = await call.outcome;
    expect("bytes" in outcome && outcome.bytes.length).toBe(40 * MIB);
  });
});

it("a client that disappears leaves nothing behind", async () => {
  const calls = Array.from({ length: 20 }, () => client.start("Wait", ""));
  await until(() => server.waiting.length === 20);
  for (const socket of server.sockets) socket.resetAndDestroy();
  const outcomes = await Promise.all(calls.map(async ({ outcome }) => outcome));
  expect(outcomes.every((outcome) => "code" in outcome && outcome.code === (status.UNAVAILABLE as number))).toBe(true);
  for (const end of server.waiting.splice(0)) end();
  expect(await client.call("Echo", "again", { waitForReady: true } as never)).toEqual({ bytes: Buffer.from("again") });
});
