/** Flow control in both directions, and clients that do not read (RFC 9113, sections 5.2 and 6.9). */
import * as fc from "fast-check";
import { ReceiveWindow } from "../../../wire/http2/flow-window";
import { LIMITS } from "../../../wire/http2/limits";
import { testServer, type TestServer } from "../grpc/test-server";
import { settings, words, type WrittenFrame } from "./frame-bytes";
import { call, RawClient } from "./raw-client";

const INITIAL_WINDOW_SIZE = 4;
const LARGEST_WINDOW = 2 ** 31 - 1;
const DEFAULT_WINDOW = 65_535;
const PREFIX_BYTES = 5;

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => {
  server.close();
  expect(server.faults).toEqual([]);
});

const initialWindow = (bytes: number) => settings([INITIAL_WINDOW_SIZE, bytes]);
const grow = (stream: number, increment: number): WrittenFrame => ({ type: "WINDOW_UPDATE", stream, payload: words(increment) });
const produce = (stream: number, bytes: number) => call(stream, String(bytes), { ":path": "/test.Service/Produce" });

describe("what the server sends", () => {
  it("is exactly what the windows allow", async () => {
    const client = await RawClient.open(server.port, initialWindow(0));
    client.send(...produce(1, 100));
    await client.settle();
    expect(client.stream(1)).toMatchObject({ headers: { ":status": "200" }, ended: false });
    expect(client.stream(1).body).toHaveLength(0);
    for (const size of [1, 2, 3, 90]) client.send(grow(1, size));
    await client.settle();
    expect(client.stream(1)).toMatchObject({ ended: false });
    expect(client.stream(1).body).toHaveLength(96);
    client.send(grow(1, 1_000));
    expect((await client.response(1)).body).toHaveLength(100 + PREFIX_BYTES);
    client.socket.destroy();
  });

  it("stops while a smaller initial window makes the window of a stream negative", async () => {
    const client = await RawClient.open(server.port, initialWindow(1_000));
    client.send(...produce(1, 5_000));
    await client.settle();
    client.send({ type: "SETTINGS", payload: initialWindow(100) }, grow(1, 900));
    await client.settle();
    expect(client.stream(1).body).toHaveLength(1_000);
    client.send(grow(1, 1));
    await client.settle();
    expect(client.stream(1).body).toHaveLength(1_001);
    client.send({ type: "SETTINGS", payload: initialWindow(10_000) });
    expect((await client.response(1)).body).toHaveLength(5_000 + PREFIX_BYTES);
    client.socket.destroy();
  });

  it("is limited by the window of the connection, which all streams share equally", async () => {
    const client = await RawClient.open(server.port, initialWindow(0));
    const streams = [1, 3, 5];
    for (const stream of streams) client.send(...produce(stream, 200_000));
    await client.settle();
    client.send({ type: "SETTINGS", payload: initialWindow(LARGEST_WINDOW) });
    for (let round = 0; round < 6; round++) {
      await client.settle();
      client.send(grow(0, 16_384));
    }
    await client.settle();
    const received = streams.map((stream) => client.stream(stream).body.length);
    expect(received.reduce((sum, length) => sum + length)).toBe(DEFAULT_WINDOW + 6 * 16_384);
    expect(Math.max(...received) - Math.min(...received)).toBeLessThanOrEqual(2 * 16_384);
    client.send(grow(0, 1_000_000));
    for (const stream of streams) expect((await client.response(stream)).body).toHaveLength(200_000 + PREFIX_BYTES);
    client.socket.destroy();
  });

  it("never exceeds a window, and is complete in the end, for every order of changes", async () => {
    const change = fc.record({ stream: fc.constantFrom(0, 1, 3), increment: fc.integer({ min: 1, max: 40_000 }) });
    const property = fc.asyncProperty(
      fc.integer({ min: 0, max: 100_000 }),
      fc.tuple(fc.integer({ min: 0, max: 120_000 }), fc.integer({ min: 0, max: 120_000 })),
      fc.array(change, { maxLength: 12 }),
      async (initial, sizes, changes) => {
        const client = await RawClient.open(server.port, initialWindow(initial));
        const windows = new Map([0, 1, 3].map((stream) => [stream, stream === 0 ? DEFAULT_WINDOW : initial]));
        client.send(...produce(1, sizes[0]), ...produce(3, sizes[1]));
        for (const { stream, increment } of changes) {
          windows.set(stream, (windows.get(stream) ?? 0) + increment);
          client.send(grow(stream, increment));
        }
        await client.settle();
        const received = [1, 3].map((stream) => client.stream(stream).body.length);
        const allowed = [1, 3].map((stream, index) => Math.min(windows.get(stream) ?? 0, (sizes[index] ?? 0) + PREFIX_BYTES));
        const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number);
        expect(received.every((length, index) => length <= (allowed[index] ?? 0))).toBe(true);
        expect(sum(received)).toBe(Math.min(windows.get(0) ?? 0, sum(allowed)));
        client.send(grow(0, 1_000_000), grow(1, 1_000_000), grow(3, 1_000_000));
        for (const [index, stream] of [1, 3].entries()) {
          expect((await client.response(stream)).body).toHaveLength((sizes[index] ?? 0) + PREFIX_BYTES);
        }
        client.socket.destroy();
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });
});

describe("a client that does not read", () => {
  const unsent = () => Math.max(...[...server.sockets].map(({ writableLength }) => writableLength));
  const pause = async () => new Promise((resolve) => setTimeout(resolve, 200));

  it.each<[string, Buffer | WrittenFrame]>([
    ["pings", { type: "PING", payload: Buffer.alloc(8) }],
    ["settings", { type: "SETTINGS" }],
    ["data of a stream that has ended", { type: "DATA", stream: 1, payload: Buffer.alloc(0) }],
  ])("does not make the server collect responses to %s", async (_case, frame) => {
    const client = await RawClient.open(server.port);
    client.send(...call(1));
    await client.response(1);
    client.socket.pause();
    const many = Array.from({ length: 10_000 }, () => frame);
    for (let round = 0; round < 100; round++) client.send(...many);
    await pause();
    expect(unsent()).toBeLessThan(LIMITS.unsentBytes + 2 ** 20);
    client.socket.destroy();
  });

  it("receives every response once it reads, and until then the server starts only a few calls", async () => {
    const client = await RawClient.open(server.port, initialWindow(LARGEST_WINDOW));
    client.send(grow(0, LARGEST_WINDOW - DEFAULT_WINDOW));
    client.socket.pause();
    const streams = Array.from({ length: 600 }, (_, index) => 2 * index + 1);
    for (const stream of streams) {
      client.send(...produce(stream, 200_000));
      if (stream % 50 === 1) await new Promise((resolve) => setImmediate(resolve));
    }
    await pause();
    expect(unsent()).toBeLessThan(40 * 2 ** 20);
    client.socket.resume();
    await client.until(() => client.frames.filter(({ type, flags }) => type === "HEADERS" && flags === 5).length === streams.length);
    client.socket.destroy();
  });
});

describe("what the client may send", () => {
  it("is allowed again once half of the window is used", () => {
    const window = new ReceiveWindow(100);
    expect([window.receive(49), window.takeIncrement()]).toEqual([true, 0]);
    expect([window.receive(1), window.takeIncrement()]).toEqual([true, 50]);
    expect(window.takeIncrement()).toBe(0);
    expect([window.receive(100), window.takeIncrement()]).toEqual([true, 100]);
    expect(window.receive(101)).toBe(false);
  });
});
