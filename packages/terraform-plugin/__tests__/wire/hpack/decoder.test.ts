/** The decoder of header blocks against hpack.js, and against blocks that break RFC 7541. */
import * as fc from "fast-check";
import { compressor, type Field } from "hpack.js";
import { HpackDecoder } from "../../../wire/hpack/decoder";
import { HpackError, type HeaderField } from "../../../wire/hpack/header-field";
import { field } from "./fields";

const TABLE_BYTES = 4096;
const LIST_BYTES = 65_536;

/** The number of section 5.1, with a prefix of five bits after `001`: a change of the table's size. */
function sizeUpdate(bytes: number): Buffer {
  if (bytes < 31) return Buffer.of(0x20 | bytes);
  const parts = [0x3f];
  let rest = bytes - 31;
  for (; rest >= 128; rest = Math.floor(rest / 128)) parts.push(0x80 | (rest % 128));
  return Buffer.from([...parts, rest]);
}

interface Block {
  readonly tableBytes: readonly number[];
  readonly fields: readonly Field[];
}

const encodedField: fc.Arbitrary<Field> = fc
  .tuple(field, fc.boolean(), fc.boolean(), fc.boolean())
  .map(([base, huffman, incremental, neverIndex]) => ({ ...base, huffman, incremental, neverIndex: neverIndex && !incremental }));

const block: fc.Arbitrary<Block> = fc.record({
  tableBytes: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fc.integer({ min: 0, max: TABLE_BYTES }), { maxLength: 3 })),
  fields: fc.array(encodedField, { maxLength: 10 }),
});

/** Encodes blocks of one connection. */
function encodeWithHpackJs(blocks: readonly Block[]): Buffer[] {
  const encoder = compressor.create({ table: { maxSize: TABLE_BYTES } });
  return blocks.map(({ tableBytes, fields }) => {
    for (const bytes of tableBytes) {
      encoder.updateTableSize(bytes);
      // hpack.js writes only a change to the maximum.
      encoder.read();
    }
    encoder.write(fields);
    return Buffer.concat([...tableBytes.map(sizeUpdate), encoder.read() ?? Buffer.alloc(0)]);
  });
}

const plain = ({ name, value }: HeaderField) => ({ name, value });

it("reads what hpack.js writes: every representation, with and without Huffman, with tables of changing sizes", () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), (blocks) => {
      const decoder = new HpackDecoder(LIST_BYTES);
      const decoded = encodeWithHpackJs(blocks).map((bytes) => decoder.decode(bytes));
      expect(decoded).toEqual(blocks.map(({ fields }) => ({ fields: fields.map(plain), tooLarge: false })));
    }),
    { numRuns: 500 },
  );
});

const errorOf = (bytes: Uint8Array): unknown => {
  try {
    return new HpackDecoder(LIST_BYTES).decode(Buffer.from(bytes));
  } catch (thrown) {
    return thrown instanceof HpackError ? "HpackError" : thrown;
  }
};

it("ends every block of random bytes with fields or an HpackError", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const result = errorOf(bytes);
      return result === "HpackError" || (typeof result === "object" && result !== null && "fields" in result);
    }),
    { numRuns: 5_000 },
  );
});

it("a block that ends within a field is an error at each of its bytes", () => {
  const [whole = Buffer.alloc(0)] = encodeWithHpackJs([
    { tableBytes: [], fields: [{ name: "x-a-long-name", value: "v".repeat(300), huffman: false, incremental: true }] },
  ]);
  expect(errorOf(whole)).toMatchObject({ tooLarge: false });
  for (let length = 1; length < whole.length; length++) expect(errorOf(whole.subarray(0, length))).toBe("HpackError");
});

describe("an error", () => {
  it.each<[string, string]>([
    ["index 0", "80"],
    ["an index after the static table while the dynamic one is empty", "be"],
    ["an index far after both tables", "ffff7f"],
    ["a name with such an index, with indexing", "7f0f0161"],
    ["a name with such an index, without indexing", "0f7f0161"],
    ["a table of more bytes than the server allows", "3fe21f"],
    ["a change of the table after a field", "8220"],
    ["a number of more than 24 bits", "ffffffff7f"],
    ["a number that never ends", "ff808080808080808080"],
    ["a number of ten bytes of zeros", `ff${"80".repeat(9)}00`],
    ["the length of a text of more than 24 bits", "007fffffff7f"],
    ["a text that is longer than its block", "000561"],
    ["the symbol EOS", "008461ffffffff0161"],
    ["EOS as the whole text", "0084fffffffc0161"],
    ["eight bits of padding", "00821fff0161"],
    ["padding of zeros", "0081180161"],
    ["padding that is not the start of EOS", "00811e0161"],
  ])("%s", (_case, hex) => {
    expect(errorOf(Buffer.from(hex, "hex"))).toBe("HpackError");
  });
});

describe("no error", () => {
  it.each<[string, string, HeaderField[]]>([
    ["an empty block", "", []],
    ["several changes of the table before the first field", "203fe11f82", [{ name: ":method", value: "GET" }]],
    ["only a change of the table", "20", []],
    ["an empty name and value", "000000", [{ name: "", value: "" }]],
    ["an empty text with Huffman", "008080", [{ name: "", value: "" }]],
    ["a number with more bytes than it needs", "000161" + "7f80808000" + "62".repeat(127), [{ name: "a", value: "b".repeat(127) }]],
  ])("%s", (_case, hex, fields) => {
    expect(errorOf(Buffer.from(hex, "hex"))).toEqual({ fields, tooLarge: false });
  });
});

it("a field that is larger than the table empties it", () => {
  const decoder = new HpackDecoder(LIST_BYTES);
  const [small = Buffer.alloc(0), large = Buffer.alloc(0)] = encodeWithHpackJs([
    { tableBytes: [], fields: [{ name: "x-small", value: "1", incremental: true }] },
    { tableBytes: [], fields: [{ name: "x-large", value: "v".repeat(TABLE_BYTES), incremental: true }] },
  ]);
  decoder.decode(small);
  expect(decoder.decode(Buffer.from("be", "hex")).fields).toEqual([{ name: "x-small", value: "1" }]);
  decoder.decode(large);
  expect(() => decoder.decode(Buffer.from("be", "hex"))).toThrow(HpackError);
});

it("a small block that refers to a large field many times keeps only what the limit allows", () => {
  const decoder = new HpackDecoder(LIST_BYTES);
  const [large = Buffer.alloc(0)] = encodeWithHpackJs([
    { tableBytes: [], fields: [{ name: "x-large", value: "v".repeat(4_000), incremental: true }] },
  ]);
  decoder.decode(large);
  const { fields, tooLarge } = decoder.decode(Buffer.alloc(131_072, 0xbe));
  expect(tooLarge).toBe(true);
  expect(fields.length).toBe(Math.floor(LIST_BYTES / (7 + 4_000 + 32)));
});
