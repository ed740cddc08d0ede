/** HPACK against nghttp2, which Node's own HTTP/2 client uses. */
import * as fc from "fast-check";
import { once } from "node:events";
import { connect, type ClientHttp2Session, type Settings } from "node:http2";
import { HpackDecoder } from "../../../wire/hpack/decoder";
import { encodeBlock, NO_TABLE } from "../../../wire/hpack/encoder";
import type { HeaderField } from "../../../wire/hpack/header-field";
import { customField, field } from "./fields";
import { rawPeer, type RawPeerOptions } from "./raw-peer";

/** Fields of one name become a list, which is how Node's client takes them. */
function asHeaders(fields: readonly HeaderField[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const { name, value } of fields) (headers[name] ??= []).push(value);
  return headers;
}

const sorted = (fields: readonly HeaderField[]) => fields.map(({ name, value }) => `${name}: ${value}`).toSorted();

/** Sends requests one after another on the connection. Returns the fields of each response. */
async function exchange(session: ClientHttp2Session, requests: readonly (readonly HeaderField[])[]): Promise<HeaderField[][]> {
  const responses: HeaderField[][] = [];
  for (const fields of requests) {
    const stream = session.request({ ":path": "/", ...asHeaders(fields) });
    stream.on("response", (_headers: unknown, _flags: unknown, raw: string[]) => {
      responses.push(
        Array.from({ length: raw.length / 2 }, (_, index) => ({ name: raw[2 * index] ?? "", value: raw[2 * index + 1] ?? "" })),
      );
    });
    stream.resume();
    await once(stream, "close");
  }
  return responses;
}

/** Connects a client to a peer, and closes both after the test. */
async function withClient<T>(options: RawPeerOptions, settings: Settings, test: (session: ClientHttp2Session) => Promise<T>): Promise<T> {
  const peer = await rawPeer(options);
  const session = connect(peer.url, { settings });
  try {
    return await test(session);
  } finally {
    session.destroy();
    peer.close();
  }
}

const STATUS_FIELD = { name: ":status", value: "200" };
const STATUS_200 = encodeBlock([STATUS_FIELD]);

/** Responds with these fields, one list after another. */
function responder(responses: readonly (readonly HeaderField[])[]): RawPeerOptions["respond"] {
  let next = 0;
  return () => {
    const block = encodeBlock([STATUS_FIELD, ...(responses[next] ?? [])]);
    return next++ === 0 ? Buffer.concat([NO_TABLE, block]) : block;
  };
}

describe.each([0, 64, 300, 4096])("with a table of %d bytes", (tableBytes) => {
  // Node's client sends every field once; the names it treats in a special way are not among these.
  const uniqueFields = fc.uniqueArray(customField, { selector: ({ name }) => name, maxLength: 8 });

  it("the decoder reads what the encoder of nghttp2 writes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(uniqueFields, { minLength: 1, maxLength: 8 }), async (requests) => {
        const decoder = new HpackDecoder(65_536);
        const decoded: HeaderField[][] = [];
        const respond = (block: Buffer) => {
          decoded.push(decoder.decode(block).fields.filter(({ name }) => name.startsWith("x-")));
          return STATUS_200;
        };
        // Each request is sent twice: the second time, its fields are in the table.
        const sent = requests.flatMap((request) => [request, request]);
        await withClient({ tableBytes, respond }, {}, (session) => exchange(session, sent));
        expect(decoded.map(sorted)).toEqual(sent.map(sorted));
      }),
      { numRuns: 12 },
    );
  });

  it("the decoder of nghttp2 reads what the encoder writes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(field, { maxLength: 8 }), { minLength: 1, maxLength: 8 }), async (responses) => {
        const respond = responder(responses);
        const requests = responses.map(() => []);
        const received = await withClient({ tableBytes: 4096, respond }, { headerTableSize: tableBytes }, (session) =>
          exchange(session, requests),
        );
        expect(received).toEqual(responses.map((fields) => [STATUS_FIELD, ...fields]));
      }),
      { numRuns: 12 },
    );
  });
});

it("a client that changes the size of its table between requests reads every response", async () => {
  const fields = [{ name: "x-value", value: "1" }];
  const sizes = [0, 65_536, 10, 0, 4096];
  await withClient({ tableBytes: 4096, respond: responder(sizes.map(() => fields)) }, {}, async (session) => {
    for (const headerTableSize of sizes) {
      await new Promise<void>((resolve) => session.settings({ headerTableSize }, () => resolve()));
      expect(await exchange(session, [[]])).toEqual([[STATUS_FIELD, ...fields]]);
    }
  });
});
