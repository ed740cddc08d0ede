/** Each limit of a connection, and the attacks that it stops. */
import { GrpcServer } from "../../../wire/grpc/server";
import { LIMITS } from "../../../wire/http2/limits";
import { testServer, type TestServer } from "../grpc/test-server";
import { frameBytes, literalBlock, PREFACE, readFrames, settings, words, type WrittenFrame } from "./frame-bytes";
import { MemorySocket } from "./memory-socket";
import { call, data, headers, message, RawClient, requestFields } from "./raw-client";

const END_HEADERS = 4;

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => {
  server.close();
  expect(server.faults).toEqual([]);
});

const wait = (stream: number) => call(stream, "", { ":path": "/test.Service/Wait" });
const reset = (stream: number): WrittenFrame => ({ type: "RST_STREAM", stream, payload: words(8) });
/** Odd numbers. */
const streams = (count: number, first = 1) => Array.from({ length: count }, (_, index) => first + 2 * index);

/** Opens as many calls as the server runs at once, each followed by frames that may end it. */
async function full(after: (stream: number) => readonly WrittenFrame[]): Promise<{ client: RawClient; next: number }> {
  const client = await RawClient.open(server.port);
  for (const stream of streams(LIMITS.concurrentStreams)) client.send(...wait(stream), ...after(stream));
  await client.settle();
  expect(server.waiting).toHaveLength(LIMITS.concurrentStreams);
  return { client, next: 2 * LIMITS.concurrentStreams + 1 };
}

describe("calls at once", () => {
  it.each<[string, (stream: number) => readonly WrittenFrame[]]>([
    ["that run", () => []],
    ["that the client has canceled, and that still run", (stream) => [reset(stream)]],
    ["that the server has reset, and that still run", (stream) => [data(stream, Buffer.alloc(1))]],
  ])("%s: one more is refused, until one of them ends", async (_case, after) => {
    const { client, next } = await full(after);
    client.send(...call(next));
    expect((await client.response(next)).reset).toBe("REFUSED_STREAM");
    server.waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
    client.send(...call(next + 2));
    expect((await client.response(next + 2)).headers).toMatchObject({ "grpc-status": "0" });
    client.socket.destroy();
  });

  it("that are canceled leave the client all of its streams", async () => {
    const client = await RawClient.open(server.port);
    const half = LIMITS.canceledCalls / 2;
    for (const stream of streams(half)) client.send(...wait(stream), reset(stream));
    for (const stream of streams(LIMITS.concurrentStreams, 2 * half + 1)) client.send(...wait(stream));
    await client.settle();
    expect(server.waiting).toHaveLength(half + LIMITS.concurrentStreams);
    expect(client.frames.filter(({ type }) => type === "RST_STREAM")).toEqual([]);
    client.socket.destroy();
  });

  it("that are canceled before they run do not count, however many there are", async () => {
    const client = await RawClient.open(server.port);
    for (const stream of streams(20_000)) client.send(headers(stream), reset(stream));
    client.send(...call(40_001));
    expect((await client.response(40_001)).headers).toMatchObject({ "grpc-status": "0" });
    expect(client.goAway).toBeUndefined();
    client.socket.destroy();
  });
});

describe("header blocks", () => {
  it("of a list above the limit reset the stream, and the next block can be decoded", async () => {
    const client = await RawClient.open(server.port);
    const large = requestFields(Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`x-${index}`, "v".repeat(8_000)])));
    const block = literalBlock(large);
    client.send({ type: "HEADERS", stream: 1, payload: block.subarray(0, 16_384) });
    for (let position = 16_384; position < block.length; position += 16_384) {
      const isLast = position + 16_384 >= block.length;
      const payload = block.subarray(position, position + 16_384);
      client.send({ type: "CONTINUATION", stream: 1, flags: isLast ? END_HEADERS : 0, payload });
    }
    client.send(...call(3));
    expect((await client.response(3)).headers).toMatchObject({ "grpc-status": "0" });
    expect(client.stream(1).reset).toBe("PROTOCOL_ERROR");
    client.socket.destroy();
  });

  it.each<[string, Buffer, number]>([
    ["of too many bytes", Buffer.alloc(16_384), LIMITS.headerBlockBytes / 16_384],
    ["of too many empty frames", Buffer.alloc(0), LIMITS.continuationFrames + 1],
  ])("%s end the connection", async (_case, payload, count) => {
    const client = await RawClient.open(server.port);
    client.send(headers(1, requestFields(), 0));
    for (let index = 0; index < count; index++) client.send({ type: "CONTINUATION", stream: 1, payload });
    await client.closed();
    expect(client.goAway).toMatchObject({ error: "ENHANCE_YOUR_CALM" });
  });

  it("of as many frames as the limit allows are accepted", async () => {
    const client = await RawClient.open(server.port);
    client.send(headers(1, requestFields(), 0));
    for (let index = 1; index < LIMITS.continuationFrames; index++) client.send({ type: "CONTINUATION", stream: 1 });
    client.send({ type: "CONTINUATION", stream: 1, flags: END_HEADERS }, data(1, message(Buffer.alloc(3))));
    expect((await client.response(1)).headers).toMatchObject({ "grpc-status": "0" });
    client.socket.destroy();
  });
});

describe("settings", () => {
  const entries = (count: number) => settings(...Array.from({ length: count }, (_, index) => [1_000 + index, 1] as const));

  it("of one frame are limited", async () => {
    const client = await RawClient.open(server.port, entries(LIMITS.settings));
    client.send({ type: "SETTINGS", payload: entries(LIMITS.settings + 1) });
    await client.closed();
    expect(client.goAway).toMatchObject({ error: "ENHANCE_YOUR_CALM" });
  });
});

describe("messages", () => {
  it.each<[string, number, string]>([
    ["above the limit", 256 * 2 ** 20 + 1, "8"],
    ["of four gibibytes", 2 ** 32 - 1, "8"],
  ])("that claim a length %s fail before they arrive", async (_case, length, grpcStatus) => {
    const client = await RawClient.open(server.port);
    client.send(headers(1), data(1, Buffer.concat([Buffer.of(0), words(length)]), 0));
    expect(await client.response(1)).toMatchObject({ headers: { "grpc-status": grpcStatus }, ended: true });
    client.socket.destroy();
  });

  it.each<[string, string, string]>([
    ["that are compressed", "0100000001ff", "12"],
    ["that are longer than their prefix says", "00000000010000", "13"],
    ["that are shorter than their prefix says", "000000000500", "13"],
    ["whose prefix is incomplete", "000000", "13"],
    ["that are two", "00000000000000000000", "13"],
  ])("%s fail", async (_case, hex, grpcStatus) => {
    const client = await RawClient.open(server.port);
    client.send(headers(1), data(1, Buffer.from(hex, "hex")));
    expect(await client.response(1)).toMatchObject({ headers: { ":status": "200", "grpc-status": grpcStatus }, ended: true });
    client.socket.destroy();
  });

  it.each<[string, Record<string, string>, string]>([
    ["another method than POST", { ":method": "GET" }, "405"],
    ["CONNECT", { ":method": "CONNECT", ":path": undefined as never, ":scheme": undefined as never }, "405"],
    ["another content-type", { "content-type": "application/json" }, "415"],
    ["gRPC-Web", { "content-type": "application/grpc-web" }, "415"],
    ["no content-type", { "content-type": undefined as never }, "415"],
  ])("%s is not gRPC", async (_case, changes, httpStatus) => {
    const client = await RawClient.open(server.port);
    client.send(...call(1, "", changes));
    expect(await client.response(1)).toMatchObject({ headers: { ":status": httpStatus }, ended: true });
    client.socket.destroy();
  });
});

describe("time", () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask", "performance"] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const accepted = (clientReads: boolean) => {
    const socket = new MemorySocket(clientReads);
    new GrpcServer(new Map(), { debug: () => undefined, error: () => undefined }).accept(socket);
    return socket;
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it("a client that has not sent its preface in time is disconnected", async () => {
    const socket = accepted(true);
    socket.deliver(PREFACE);
    await turn();
    jest.advanceTimersByTime(LIMITS.prefaceMilliseconds - 1);
    expect(socket.writableEnded).toBe(false);
    jest.advanceTimersByTime(1);
    await turn();
    expect(readFrames(socket.written).frames.at(-1)).toMatchObject({ type: "GOAWAY", payload: expect.objectContaining({}) as Buffer });
    // The client does not close its end.
    expect(socket.destroyed).toBe(false);
    jest.advanceTimersByTime(LIMITS.closeMilliseconds);
    expect(socket.destroyed).toBe(true);
  });

  it("a client that has sent it may be silent for as long as it likes", async () => {
    const socket = accepted(true);
    socket.deliver(Buffer.concat([PREFACE, frameBytes({ type: "SETTINGS" })]));
    await turn();
    jest.advanceTimersByTime(3_600_000);
    expect(socket.writableEnded).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
    socket.destroy();
  });

  it("a client that reads nothing is disconnected after an error", async () => {
    const socket = accepted(false);
    socket.deliver(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    await turn();
    jest.advanceTimersByTime(LIMITS.closeMilliseconds);
    expect(socket.destroyed).toBe(true);
    await turn();
    expect(jest.getTimerCount()).toBe(0);
  });

  it("a client that reads slowly receives the rest after its own GOAWAY", async () => {
    const socket = accepted(false);
    const goAway = frameBytes({ type: "GOAWAY", payload: words(0, 0) });
    socket.deliver(Buffer.concat([PREFACE, frameBytes({ type: "SETTINGS" }), goAway]));
    await turn();
    expect(socket.writableEnded).toBe(true);
    jest.advanceTimersByTime(60_000);
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });
});

it("serves many connections, and forgets each that is closed", async () => {
  const clients = await Promise.all(Array.from({ length: 300 }, async () => RawClient.open(server.port)));
  for (const client of clients) client.send(...call(1));
  for (const client of clients) expect((await client.response(1)).headers).toMatchObject({ "grpc-status": "0" });
  for (const [index, client] of clients.entries()) {
    if (index % 2 === 0) client.socket.end();
    else client.socket.resetAndDestroy();
  }
  await Promise.all(clients.map(async (client) => client.closed()));
  await new Promise<void>((resolve) => {
    server.server.shutDown(resolve);
  });
  expect(server.sockets.size).toBe(0);
});
