/** What the server does with each kind of frame, in each state of a stream (RFC 9113). Every row uses a connection of its own. */
import { testServer, type TestServer } from "../grpc/test-server";
import { PREFACE, settings, words, type ErrorName, type WrittenFrame } from "./frame-bytes";
import { call, data, headers, message, RawClient, requestFields, type Fields } from "./raw-client";

const END_STREAM = 1;
const END_HEADERS = 4;
const PADDED = 8;
const PRIORITY = 0x20;
const INITIAL_WINDOW_SIZE = 4;
const MAX_FRAME_SIZE = 5;

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => {
  server.close();
  expect(server.faults).toEqual([]);
});

type Sent = readonly (Uint8Array | WrittenFrame)[];

const rest = (stream: number, flags = END_HEADERS): WrittenFrame => ({ type: "CONTINUATION", stream, flags });
const reset = (stream: number): WrittenFrame => ({ type: "RST_STREAM", stream, payload: words(8) });
const priority = (stream: number, payload = Buffer.from("0000000010", "hex")): WrittenFrame => ({ type: "PRIORITY", stream, payload });
const windowUpdate = (stream: number, increment: number): WrittenFrame => ({ type: "WINDOW_UPDATE", stream, payload: words(increment) });
const change = (setting: number, value: number): WrittenFrame => ({ type: "SETTINGS", payload: settings([setting, value]) });
const padded = (padding: number, content: Uint8Array, zeros = padding) => Buffer.concat([Buffer.of(padding), content, Buffer.alloc(zeros)]);
const endless = (stream: number, path = "/test.Service/Watch") => headers(stream, requestFields({ ":path": path }));
const block = headers(1).payload ?? Buffer.alloc(0);

describe("section 3.4: before the preface", () => {
  const incomplete = PREFACE.subarray(0, 20);
  it.each<[string, Sent, ErrorName]>([
    ["a request of HTTP/1.1", [Buffer.from("GET / HTTP/1.1\r\n\r\n")], "PROTOCOL_ERROR"],
    ["a handshake of TLS", [Buffer.from("16030100c8010000c4", "hex")], "PROTOCOL_ERROR"],
    ["a preface with a wrong last byte", [PREFACE.subarray(0, 23), Buffer.of(0)], "PROTOCOL_ERROR"],
    ["an incomplete preface and a frame", [incomplete, { type: "SETTINGS" }], "PROTOCOL_ERROR"],
    ["a frame that is not SETTINGS", [PREFACE, { type: "PING", payload: Buffer.alloc(8) }], "PROTOCOL_ERROR"],
    ["only an acknowledgement of SETTINGS", [PREFACE, { type: "SETTINGS", flags: 1 }], "PROTOCOL_ERROR"],
    ["a call without SETTINGS", [PREFACE, ...call(1)], "PROTOCOL_ERROR"],
    ["a frame of an unknown type", [PREFACE, { type: 99 }], "PROTOCOL_ERROR"],
  ])("%s ends the connection", async (_case, sent, error) => {
    const client = await RawClient.connect(server.port);
    client.send(...sent);
    await client.closed();
    expect(client.frames[0]).toMatchObject({ type: "SETTINGS", stream: 0 });
    expect(client.goAway).toMatchObject({ error, lastStream: 0 });
  });

  it("accepts a call in the same packet as the preface", async () => {
    const client = await RawClient.connect(server.port);
    client.send(PREFACE, { type: "SETTINGS" }, ...call(1));
    expect((await client.response(1)).headers).toMatchObject({ ":status": "200", "grpc-status": "0" });
    client.socket.destroy();
  });

  it("accepts a preface and a call in single bytes", async () => {
    const client = await RawClient.connect(server.port);
    const whole = Buffer.concat([PREFACE, Buffer.from("000000040000000000", "hex")]);
    for (const byte of whole) {
      client.send(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    client.send(...call(1));
    expect((await client.response(1)).body).toEqual(message(Buffer.from("hello")));
    client.socket.destroy();
  });
});

/** The server sends GOAWAY with this error, and closes the connection. */
const CONNECTION_ERRORS: readonly (readonly [section: string, name: string, sent: Sent, error: ErrorName])[] = [
  ["4.2", "a DATA frame above the maximum", [headers(1), { type: "DATA", stream: 1, payload: Buffer.alloc(16_385) }], "FRAME_SIZE_ERROR"],
  ["4.2", "a frame of an unknown type above the maximum", [{ type: 99, length: 16_385 }], "FRAME_SIZE_ERROR"],
  ["4.3", "a block that cannot be decoded", [{ type: "HEADERS", stream: 1, flags: 5, payload: Buffer.of(0x80) }], "COMPRESSION_ERROR"],
  [
    "4.3",
    "a block that ends within a field",
    [{ type: "HEADERS", stream: 1, flags: 5, payload: block.subarray(0, 20) }],
    "COMPRESSION_ERROR",
  ],
  [
    "4.3",
    "an undecodable block of trailers",
    [headers(1), { type: "HEADERS", stream: 1, flags: 5, payload: Buffer.of(0x80) }],
    "COMPRESSION_ERROR",
  ],
  [
    "4.3",
    "an undecodable block of a canceled stream",
    [headers(1), reset(1), { type: "HEADERS", stream: 1, flags: 5, payload: Buffer.of(0x80) }],
    "COMPRESSION_ERROR",
  ],
  ["4.3", "a frame of another stream within a block", [headers(1, undefined, 0), headers(3)], "PROTOCOL_ERROR"],
  [
    "4.3",
    "a frame of the connection within a block",
    [headers(1, undefined, 0), { type: "PING", payload: Buffer.alloc(8) }],
    "PROTOCOL_ERROR",
  ],
  ["5.1 idle", "DATA", [data(1, message(Buffer.alloc(0)))], "PROTOCOL_ERROR"],
  ["5.1 idle", "RST_STREAM", [reset(1)], "PROTOCOL_ERROR"],
  ["5.1 idle", "WINDOW_UPDATE", [windowUpdate(1, 1)], "PROTOCOL_ERROR"],
  ["5.1 idle", "CONTINUATION", [rest(1)], "PROTOCOL_ERROR"],
  ["5.1 closed", "HEADERS after a cancellation by the client", [headers(1), reset(1), headers(1)], "STREAM_CLOSED"],
  ["5.1 closed", "CONTINUATION", [...call(1), rest(1)], "PROTOCOL_ERROR"],
  ["5.1.1", "HEADERS with an even number", [headers(2)], "PROTOCOL_ERROR"],
  ["5.1.1", "HEADERS with an even number below a used one", [...call(5), headers(2)], "PROTOCOL_ERROR"],
  ["5.1.1", "DATA with an even number below a used one", [...call(5), data(2, Buffer.alloc(1))], "PROTOCOL_ERROR"],
  ["5.1.1", "HEADERS with a number below a used one", [...call(5), headers(3)], "STREAM_CLOSED"],
  ["5.5", "a frame of an unknown type within a block", [headers(1, undefined, 0), { type: 99 }], "PROTOCOL_ERROR"],
  ["6.1", "DATA of stream 0", [data(0, Buffer.alloc(1))], "PROTOCOL_ERROR"],
  ["6.1", "padding as long as the frame", [headers(1), data(1, padded(6, Buffer.alloc(5), 0), PADDED)], "PROTOCOL_ERROR"],
  ["6.1", "padding longer than the frame", [headers(1), data(1, padded(200, Buffer.alloc(5), 3), PADDED)], "PROTOCOL_ERROR"],
  ["6.1", "a padded frame without a length of the padding", [headers(1), data(1, Buffer.alloc(0), PADDED)], "FRAME_SIZE_ERROR"],
  ["6.2", "HEADERS of stream 0", [headers(0)], "PROTOCOL_ERROR"],
  [
    "6.2",
    "padding longer than the frame",
    [{ type: "HEADERS", stream: 1, flags: END_HEADERS | PADDED, payload: padded(200, block, 0) }],
    "PROTOCOL_ERROR",
  ],
  [
    "6.2",
    "a frame that ends within its priority",
    [{ type: "HEADERS", stream: 1, flags: END_HEADERS | PRIORITY, payload: Buffer.alloc(4) }],
    "FRAME_SIZE_ERROR",
  ],
  ["6.3", "PRIORITY of stream 0", [priority(0)], "PROTOCOL_ERROR"],
  ["6.3", "PRIORITY of four bytes", [priority(1, Buffer.alloc(4))], "FRAME_SIZE_ERROR"],
  ["6.4", "RST_STREAM of stream 0", [reset(0)], "PROTOCOL_ERROR"],
  ["6.4", "RST_STREAM of three bytes", [headers(1), { type: "RST_STREAM", stream: 1, payload: Buffer.alloc(3) }], "FRAME_SIZE_ERROR"],
  ["6.5", "SETTINGS of a stream", [{ type: "SETTINGS", stream: 1 }], "PROTOCOL_ERROR"],
  ["6.5", "an acknowledgement with a payload", [{ type: "SETTINGS", flags: 1, payload: Buffer.alloc(6) }], "FRAME_SIZE_ERROR"],
  ["6.5", "an incomplete entry", [{ type: "SETTINGS", payload: Buffer.alloc(5) }], "FRAME_SIZE_ERROR"],
  ["6.5.2", "ENABLE_PUSH above 1", [change(2, 2)], "PROTOCOL_ERROR"],
  ["6.5.2", "INITIAL_WINDOW_SIZE above the maximum", [change(INITIAL_WINDOW_SIZE, 2 ** 31)], "FLOW_CONTROL_ERROR"],
  ["6.5.2", "MAX_FRAME_SIZE below the minimum", [change(MAX_FRAME_SIZE, 16_383)], "PROTOCOL_ERROR"],
  ["6.5.2", "MAX_FRAME_SIZE above the maximum", [change(MAX_FRAME_SIZE, 2 ** 24)], "PROTOCOL_ERROR"],
  ["6.6", "PUSH_PROMISE", [headers(1), { type: "PUSH_PROMISE", stream: 1, flags: END_HEADERS, payload: words(2) }], "PROTOCOL_ERROR"],
  ["6.7", "PING of a stream", [{ type: "PING", stream: 1, payload: Buffer.alloc(8) }], "PROTOCOL_ERROR"],
  ["6.7", "PING of seven bytes", [{ type: "PING", payload: Buffer.alloc(7) }], "FRAME_SIZE_ERROR"],
  ["6.8", "GOAWAY of a stream", [{ type: "GOAWAY", stream: 1, payload: words(0, 0) }], "PROTOCOL_ERROR"],
  ["6.8", "GOAWAY of seven bytes", [{ type: "GOAWAY", payload: Buffer.alloc(7) }], "FRAME_SIZE_ERROR"],
  ["6.9", "WINDOW_UPDATE of three bytes", [{ type: "WINDOW_UPDATE", payload: Buffer.alloc(3) }], "FRAME_SIZE_ERROR"],
  ["6.9", "an increment of 0 for the connection", [windowUpdate(0, 0)], "PROTOCOL_ERROR"],
  ["6.9.1", "a window of the connection above the maximum", [windowUpdate(0, 2 ** 31 - 1)], "FLOW_CONTROL_ERROR"],
  [
    "6.9.2",
    "an initial window that makes an open one too large",
    [endless(1), windowUpdate(1, 2 ** 31 - 65_536), change(INITIAL_WINDOW_SIZE, 65_536)],
    "FLOW_CONTROL_ERROR",
  ],
  ["6.10", "CONTINUATION of stream 0", [headers(1, undefined, 0), rest(0)], "PROTOCOL_ERROR"],
  ["6.10", "CONTINUATION of another stream", [headers(1, undefined, 0), rest(3)], "PROTOCOL_ERROR"],
  ["6.10", "CONTINUATION after a complete block", [headers(1), rest(1)], "PROTOCOL_ERROR"],
  ["6.10", "CONTINUATION after DATA", [headers(1), data(1, Buffer.alloc(1), 0), rest(1)], "PROTOCOL_ERROR"],
];

it.each(CONNECTION_ERRORS)("section %s: %s ends the connection", async (_section, _name, sent, error) => {
  const client = await RawClient.open(server.port);
  client.send(...sent);
  await client.closed();
  expect(client.goAway).toMatchObject({ error });
  expect(client.goAway?.text).not.toBe("");
});

const fields = (...changed: Fields): Fields => [...requestFields(), ...changed];

/** The server resets the stream with this error; the connection serves the next call. */
const STREAM_ERRORS: readonly (readonly [section: string, name: string, sent: Sent, error: ErrorName])[] = [
  ["5.1 half-closed", "DATA", [headers(1, undefined, END_HEADERS | END_STREAM), data(1, Buffer.alloc(1))], "STREAM_CLOSED"],
  [
    "5.1 half-closed",
    "DATA while the call runs",
    [...call(1, "x", { ":path": "/test.Service/Wait" }), data(1, Buffer.alloc(1))],
    "STREAM_CLOSED",
  ],
  ["5.1 half-closed", "HEADERS while the call runs", [...call(1, "x", { ":path": "/test.Service/Wait" }), headers(1)], "STREAM_CLOSED"],
  ["5.1 closed", "DATA after a cancellation by the client", [headers(1), reset(1), data(1, Buffer.alloc(1))], "STREAM_CLOSED"],
  ["6.9", "an increment of 0 for a stream", [endless(1), windowUpdate(1, 0)], "PROTOCOL_ERROR"],
  ["6.9.1", "a window of a stream above the maximum", [endless(1), windowUpdate(1, 2 ** 31 - 1)], "FLOW_CONTROL_ERROR"],
  ["8.1", "HEADERS after the first ones that do not end the stream", [headers(1), headers(1, [["x-a", "b"]])], "PROTOCOL_ERROR"],
  ["8.1", "trailers with a pseudo-field", [headers(1), headers(1, [[":path", "/"]], 5)], "PROTOCOL_ERROR"],
  ["8.1.1", "a body shorter than content-length", call(1, "hello", { "content-length": "11" }), "PROTOCOL_ERROR"],
  ["8.1.1", "a body longer than content-length", call(1, "hello", { "content-length": "9" }), "PROTOCOL_ERROR"],
  ["8.1.1", "no body despite content-length", [headers(1, fields(["content-length", "1"]), 5)], "PROTOCOL_ERROR"],
  [
    "8.1.1",
    "several frames that exceed content-length",
    [headers(1, fields(["content-length", "5"])), data(1, Buffer.alloc(3), 0), data(1, Buffer.alloc(3), 0)],
    "PROTOCOL_ERROR",
  ],
  ["8.1.1", "a content-length that is not a number", [headers(1, fields(["content-length", "+5"]))], "PROTOCOL_ERROR"],
  ["8.2", "a name in upper case", [headers(1, fields(["X-Name", "v"]))], "PROTOCOL_ERROR"],
  ["8.2.1", "an empty name", [headers(1, fields(["", "v"]))], "PROTOCOL_ERROR"],
  ["8.2.1", "a name with a space", [headers(1, fields(["x name", "v"]))], "PROTOCOL_ERROR"],
  ["8.2.1", "a name with a colon", [headers(1, fields(["x:name", "v"]))], "PROTOCOL_ERROR"],
  ["8.2.1", "a name that is not ASCII", [headers(1, fields(["x-\xe9", "v"]))], "PROTOCOL_ERROR"],
  ["8.2.1", "a value with a zero byte", [headers(1, fields(["x-name", "a\0b"]))], "PROTOCOL_ERROR"],
  ["8.2.1", "a value with a line feed", [headers(1, fields(["x-name", "a\nb"]))], "PROTOCOL_ERROR"],
  ["8.2.1", "a value with a carriage return", [headers(1, fields(["x-name", "a\rb"]))], "PROTOCOL_ERROR"],
  ["8.2.1", "a value that starts with a space", [headers(1, fields(["x-name", " a"]))], "PROTOCOL_ERROR"],
  ["8.2.1", "a value that ends with a tabulator", [headers(1, fields(["x-name", "a\t"]))], "PROTOCOL_ERROR"],
  ["8.2.2", "connection", [headers(1, fields(["connection", "keep-alive"]))], "PROTOCOL_ERROR"],
  ["8.2.2", "transfer-encoding", [headers(1, fields(["transfer-encoding", "chunked"]))], "PROTOCOL_ERROR"],
  ["8.2.2", "te with another value than trailers", [headers(1, requestFields({ te: "gzip" }))], "PROTOCOL_ERROR"],
  ["8.2.2", "connection in trailers", [headers(1), headers(1, [["connection", "close"]], 5)], "PROTOCOL_ERROR"],
  ["8.3", "an unknown pseudo-field", [headers(1, [[":test", "x"], ...requestFields()])], "PROTOCOL_ERROR"],
  ["8.3", "a pseudo-field of responses", [headers(1, [[":status", "200"], ...requestFields()])], "PROTOCOL_ERROR"],
  ["8.3", "a pseudo-field after a regular one", [headers(1, [["x-a", "b"], ...requestFields()])], "PROTOCOL_ERROR"],
  ["8.3.1", "no :method", [headers(1, requestFields({ ":method": undefined }))], "PROTOCOL_ERROR"],
  ["8.3.1", "no :scheme", [headers(1, requestFields({ ":scheme": undefined }))], "PROTOCOL_ERROR"],
  ["8.3.1", "no :path", [headers(1, requestFields({ ":path": undefined }))], "PROTOCOL_ERROR"],
  ["8.3.1", "an empty :path", [headers(1, requestFields({ ":path": "" }))], "PROTOCOL_ERROR"],
  ["8.3.1", "two values of :path", [headers(1, [[":path", "/"], ...requestFields()])], "PROTOCOL_ERROR"],
  ["8.3.1", "two values of :method", [headers(1, [[":method", "GET"], ...requestFields()])], "PROTOCOL_ERROR"],
  ["8.5", "CONNECT with :path and :scheme", [headers(1, requestFields({ ":method": "CONNECT" }))], "PROTOCOL_ERROR"],
  ["8.5", "CONNECT without :authority", [headers(1, [[":method", "CONNECT"]])], "PROTOCOL_ERROR"],
];

it.each(STREAM_ERRORS)("section %s: %s resets the stream", async (_section, _name, sent, error) => {
  const client = await RawClient.open(server.port);
  client.send(...sent, ...call(101));
  expect(await client.response(101)).toMatchObject({ headers: { "grpc-status": "0" }, ended: true });
  const resets = client.frames.filter(({ type, stream }) => type === "RST_STREAM" && stream === 1);
  expect(resets).toHaveLength(1);
  expect(client.stream(1).reset).toBe(error);
  expect(client.goAway).toBeUndefined();
  client.socket.destroy();
});

const split = [
  { type: "HEADERS", stream: 1, payload: block.subarray(0, 10) },
  { type: "CONTINUATION", stream: 1, payload: block.subarray(10, 11) },
  { type: "CONTINUATION", stream: 1, payload: Buffer.alloc(0) },
  { type: "CONTINUATION", stream: 1, flags: END_HEADERS, payload: block.subarray(11) },
] as const;
const whole = message(Buffer.from("hello"));
const priorityBytes = Buffer.from("8000000010", "hex");

/** The server responds to the call on stream 1, and neither a stream nor the connection ends early. */
const ACCEPTED: readonly (readonly [section: string, name: string, sent: Sent])[] = [
  ["4.1", "unknown flags", [headers(1, undefined, 0xd6 & ~PADDED & ~END_STREAM), data(1, whole, 0xf7 & ~PADDED)]],
  ["4.1", "the reserved bit of a stream", [{ ...headers(1), stream: 0x80000001 }, data(1, whole)]],
  ["4.2", "a frame of the maximum size", [headers(1), data(1, Buffer.concat([message(Buffer.alloc(16_379, 0x61))])), ...call(3)]],
  ["4.3", "a block of several frames", [...split, data(1, whole)]],
  ["4.3", "an empty first fragment", [{ type: "HEADERS", stream: 1 }, { ...split[3], payload: block }, data(1, whole)]],
  ["5.1 idle", "PRIORITY of a stream that is not open", [priority(7), ...call(1)]],
  ["5.1 half-closed", "WINDOW_UPDATE and PRIORITY while the call runs", [...call(1), windowUpdate(1, 5), priority(1)]],
  ["5.3", "a stream that depends on itself", [priority(1, Buffer.from("0000000110", "hex")), ...call(1)]],
  ["5.5", "a frame of an unknown type", [{ type: 0xbe, stream: 9, flags: 0xff, payload: Buffer.alloc(100) }, ...call(1)]],
  ["5.5", "a setting that is unknown", [change(0xabcd, 2 ** 32 - 1), ...call(1)]],
  [
    "6.1",
    "padding of each frame",
    [headers(1), data(1, padded(255, whole.subarray(0, 3)), PADDED), data(1, padded(0, whole.subarray(3)), PADDED | END_STREAM)],
  ],
  [
    "6.1",
    "empty frames",
    [headers(1), data(1, Buffer.alloc(0), 0), data(1, padded(9, Buffer.alloc(0)), PADDED), data(1, whole, 0), data(1, Buffer.alloc(0))],
  ],
  ["6.1", "a message in single bytes", [headers(1), ...[...whole].map((byte) => data(1, Buffer.of(byte), 0)), data(1, Buffer.alloc(0))]],
  [
    "6.2",
    "padding and priority",
    [
      { type: "HEADERS", stream: 1, flags: END_HEADERS | PADDED | PRIORITY, payload: padded(20, Buffer.concat([priorityBytes, block])) },
      data(1, whole),
    ],
  ],
  ["6.5", "empty SETTINGS", [{ type: "SETTINGS" }, ...call(1)]],
  [
    "6.5.3",
    "several values of one setting",
    [{ type: "SETTINGS", payload: settings([INITIAL_WINDOW_SIZE, 0], [INITIAL_WINDOW_SIZE, 100]) }, ...call(1)],
  ],
  ["6.7", "an unexpected acknowledgment", [{ type: "PING", flags: 1, payload: Buffer.alloc(8) }, ...call(1)]],
  ["8.1", "trailers", [headers(1), data(1, whole, 0), headers(1, [["x-trailer", "v"]], 5)]],
  ["8.1.1", "the correct content-length", call(1, "hello", { "content-length": "10" })],
  ["8.2", "the characters that a name may contain", [headers(1, fields(["x!#$%&'*+-.^_`|~0", "v"])), data(1, whole)]],
  ["8.2", "an empty value", [headers(1, fields(["x-empty", ""])), data(1, whole)]],
  ["8.3.1", "no :authority", call(1, "hello", { ":authority": undefined })],
];

it.each(ACCEPTED)("section %s: %s is accepted", async (_section, _name, sent) => {
  const client = await RawClient.open(server.port);
  client.send(...sent);
  const response = await client.response(1);
  await client.settle();
  expect(response).toMatchObject({ headers: { ":status": "200", "grpc-status": "0" }, ended: true });
  expect(client.frames.filter(({ type }) => type === "RST_STREAM" || type === "GOAWAY")).toEqual([]);
  client.socket.destroy();
});

describe("section 5.1: after a complete response", () => {
  const afterResponse = async (...sent: Sent) => {
    const client = await RawClient.open(server.port);
    client.send(...call(1));
    await client.response(1);
    client.send(...sent);
    await client.settle();
    return client;
  };

  it("WINDOW_UPDATE, RST_STREAM and PRIORITY have no effect", async () => {
    const client = await afterResponse(windowUpdate(1, 5), reset(1), priority(1), windowUpdate(1, 0));
    expect(client.frames.filter(({ type }) => type === "RST_STREAM" || type === "GOAWAY")).toEqual([]);
    client.socket.destroy();
  });

  it("DATA resets the stream", async () => {
    const client = await afterResponse(data(1, Buffer.alloc(1)), data(1, Buffer.alloc(1)));
    expect(client.stream(1).reset).toBe("STREAM_CLOSED");
    expect(client.frames.filter(({ type }) => type === "RST_STREAM")).toHaveLength(1);
    client.socket.destroy();
  });

  it("HEADERS end the connection", async () => {
    const client = await afterResponse(headers(1));
    expect(client.goAway).toMatchObject({ error: "STREAM_CLOSED", lastStream: 1 });
    await client.closed();
  });
});

describe("section 8.1: a response before the end of the request", () => {
  it("asks the client to stop, without an error, and ignores what still arrives", async () => {
    const client = await RawClient.open(server.port);
    client.send(headers(1, requestFields({ ":path": "/none" })));
    expect(await client.response(1)).toMatchObject({ headers: { "grpc-status": "12" }, ended: true });
    client.send(data(1, Buffer.alloc(100), 0), data(1, Buffer.alloc(0)), headers(1, [["x-trailer", "v"]], 5));
    await client.settle();
    expect(client.stream(1).reset).toBe("NO_ERROR");
    expect(client.frames.filter(({ type }) => type === "RST_STREAM" || type === "GOAWAY")).toHaveLength(1);
    client.socket.destroy();
  });

  it.each<[string, Sent]>([
    ["the header", [headers(1, requestFields({ ":path": "/none" }), 5)]],
    ["its only message", [headers(1), data(1, Buffer.from("0100000000", "hex"))]],
    ["a second message", [headers(1), data(1, Buffer.alloc(10))]],
  ])("does not reset a stream whose request ends with %s", async (_case, sent) => {
    const client = await RawClient.open(server.port);
    client.send(...sent);
    const response = await client.response(1);
    await client.settle();
    expect(response).toMatchObject({ ended: true });
    expect(client.frames.filter(({ type }) => type === "RST_STREAM")).toEqual([]);
    client.socket.destroy();
  });
});

describe("section 6.8: the end of a connection", () => {
  it("a client that announces the end receives the responses that are missing, then the connection closes", async () => {
    const client = await RawClient.open(server.port);
    client.send(...call(1, "x", { ":path": "/test.Service/Wait" }), { type: "GOAWAY", payload: words(0, 0) });
    await client.settle();
    server.waiting.splice(0).forEach((end) => {
      end();
    });
    await client.closed();
    expect(client.stream(1)).toMatchObject({ headers: { "grpc-status": "0" }, ended: true });
  });

  it("an announced end refuses new streams, and the last stream in GOAWAY never grows", async () => {
    const client = await RawClient.open(server.port);
    client.send(...call(1, "x", { ":path": "/test.Service/Wait" }));
    await client.settle();
    server.server.shutDown(() => undefined);
    client.send(...call(3));
    expect(await client.response(3)).toMatchObject({ reset: "REFUSED_STREAM" });
    expect(client.goAway).toMatchObject({ error: "NO_ERROR", lastStream: 1 });
    client.send({ type: "PING", payload: Buffer.alloc(1) });
    await client.closed();
    expect(client.goAway).toMatchObject({ error: "FRAME_SIZE_ERROR", lastStream: 1 });
  });
});
