/** The Huffman code against the one of hpack.js, which has the table of RFC 7541, appendix B, written out. */
import * as fc from "fast-check";
import { encoder } from "hpack.js";
import { HpackError } from "../../../wire/hpack/header-field";
import { decodeHuffman } from "../../../wire/hpack/huffman";

/** The code of a text, without the length before it. */
function encodeWithHpackJs(bytes: Uint8Array): Buffer {
  const writer = encoder.create();
  writer.encodeStr(bytes, true);
  const encoded = Buffer.concat(writer.render());
  // The length has a prefix of seven bits, and more bytes if that is full.
  let start = 1;
  if ((encoded.readUInt8(0) & 0x7f) === 0x7f) while (encoded.readUInt8(start++) >= 0x80);
  return encoded.subarray(start);
}

const decoded = (bytes: Uint8Array) => Buffer.from(decodeHuffman(bytes), "latin1");

it("decodes each of the 256 bytes", () => {
  for (let byte = 0; byte < 256; byte++) expect(decoded(encodeWithHpackJs(Buffer.of(byte)))).toEqual(Buffer.of(byte));
});

it("decodes each pair of bytes", () => {
  const wrong: number[] = [];
  for (let pair = 0; pair < 65_536; pair++) {
    const bytes = Buffer.of(pair >>> 8, pair & 0xff);
    if (!decoded(encodeWithHpackJs(bytes)).equals(bytes)) wrong.push(pair);
  }
  expect(wrong).toEqual([]);
});

it("decodes every text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => decoded(encodeWithHpackJs(bytes)).equals(bytes)),
    { numRuns: 2_000 },
  );
});

it("accepts a text only in its one correct code", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      let text: Buffer;
      try {
        text = decoded(bytes);
      } catch (thrown) {
        return thrown instanceof HpackError;
      }
      return encodeWithHpackJs(text).equals(bytes);
    }),
    { numRuns: 20_000 },
  );
});
