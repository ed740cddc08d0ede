/** Messages in parts of every size, and the memory that incomplete ones may use. */
import * as fc from "fast-check";
import { BufferedBytes, MessageReader, PREFIX_BYTES } from "../../../wire/grpc/message-reader";
import { CallError } from "../../../wire/grpc/status";
import { message } from "../http2/raw-client";

const MIB = 2 ** 20;
const LARGEST = 256 * MIB;
const FRAME = 16_384;

function partsOf(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const parts: Buffer[] = [];
  for (let position = 0, index = 0; position < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? bytes.length;
    parts.push(bytes.subarray(position, position + size));
    position += size;
  }
  return parts;
}

function read(parts: readonly Buffer[], budget = new BufferedBytes()): Buffer | undefined {
  const reader = new MessageReader(budget);
  for (const part of parts) reader.add(part);
  return reader.message;
}

it("assembles a message from parts of every size", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), sizes, (content, partSizes) => {
      const expected = Buffer.from(content);
      expect(read(partsOf(message(expected), partSizes))?.equals(expected)).toBe(true);
      expect(read(partsOf(message(expected), partSizes).slice(0, -1))).toBeUndefined();
    }),
  );
});

it.each([65_530, 65_531, 65_532, 262_139, 262_140, 5 * MIB])("assembles %d bytes from whole frames", (length) => {
  const content = Buffer.alloc(length, "0123456789abcde");
  expect(read(partsOf(message(content), [FRAME]))?.equals(content)).toBe(true);
});

it("accepts a message of exactly the limit", () => {
  const parts = partsOf(message(Buffer.alloc(LARGEST)), [FRAME]);
  expect(read(parts)).toHaveLength(LARGEST);
});

describe("fails", () => {
  it.each<[string, readonly string[]]>([
    ["if the message exceeds its prefix in one part", ["000000000161", "62"]],
    ["if the message exceeds its prefix in the first part", ["00000000016162"]],
    ["if the second part exceeds what the first one announced", ["0000000002", "616263"]],
    ["if a second message follows", ["0000000000", "0000000000"]],
    ["if the message is compressed", ["0100000000"]],
    ["if the length is above the limit, before anything is kept for it", ["0010000001"]],
    ["if the prefix arrives in parts, and the length is above the limit", ["00", "10", "00", "00", "01"]],
  ])("%s", (_case, parts) => {
    expect(() => read(parts.map((hex) => Buffer.from(hex, "hex")))).toThrow(CallError);
  });
});

describe("memory of incomplete messages", () => {
  const start = Buffer.concat([message(Buffer.alloc(MIB)).subarray(0, PREFIX_BYTES), Buffer.alloc(1)]);

  it("is limited for all calls of a connection together, and free again after they end", () => {
    const budget = new BufferedBytes();
    const readers = Array.from({ length: 8_192 }, () => {
      const reader = new MessageReader(budget);
      reader.add(start);
      return reader;
    });
    expect(() => read([start], budget)).toThrow("Too many large messages arrive at once.");
    for (const reader of readers) reader.release();
    // Releasing twice must not make the budget larger.
    for (const reader of readers) reader.release();
    for (let count = 0; count < 8_192; count++) read([start], budget);
    expect(() => read([start], budget)).toThrow("Too many large messages arrive at once.");
  });

  it("follows what has arrived, not what a prefix claims", () => {
    const allocate = jest.spyOn(Buffer, "allocUnsafeSlow");
    const reader = new MessageReader(new BufferedBytes());
    const content = message(Buffer.alloc(LARGEST)).subarray(0, MIB);
    let arrived = 0;
    for (const part of partsOf(content, [FRAME])) {
      reader.add(part);
      arrived += part.length;
      const [allocated = 0] = allocate.mock.lastCall ?? [];
      expect(allocated).toBeLessThanOrEqual(Math.max(65_536, 4 * arrived));
    }
    allocate.mockRestore();
  });
});
