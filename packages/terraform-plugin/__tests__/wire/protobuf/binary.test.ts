/** The runtime's reader and writer of protobuf agree with an independent implementation. */
import { BinaryReader as OtherReader, BinaryWriter as OtherWriter, type WireType } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import * as messages from "../../../wire/generated/tfplugin6";
import { BinaryReader } from "../../../wire/protobuf/binary-reader";
import { BinaryWriter } from "../../../wire/protobuf/binary-writer";

type Field =
  | readonly ["uint32" | "int32" | "int64", number]
  | readonly ["bool", boolean]
  | readonly ["bytes", Uint8Array]
  | readonly ["string", string]
  | readonly ["nested", readonly Field[]];

const { fields } = fc.letrec<{ field: Field; fields: readonly Field[] }>((tie) => ({
  field: fc.oneof(
    { depthSize: "small" },
    fc.tuple(fc.constant("uint32" as const), fc.oneof(fc.nat(300), fc.nat(2 ** 32 - 1))),
    fc.tuple(fc.constant("int32" as const), fc.integer()),
    fc.tuple(fc.constant("int64" as const), fc.oneof(fc.maxSafeInteger(), fc.integer())),
    fc.tuple(fc.constant("bool" as const), fc.boolean()),
    fc.tuple(fc.constant("bytes" as const), fc.uint8Array({ maxLength: 300, size: "large" })),
    fc.tuple(fc.constant("string" as const), fc.oneof(fc.string(), fc.string({ unit: "grapheme", maxLength: 200, size: "large" }))),
    fc.tuple(fc.constant("nested" as const), tie("fields")),
  ),
  fields: fc.array(tie("field")),
}));

type AnyWriter = BinaryWriter | OtherWriter;

function writeAll(writer: AnyWriter, all: readonly Field[]): AnyWriter {
  for (const field of all) {
    if (field[0] === "nested") writeAll(writer.fork(), field[1]).join();
    else (writer[field[0]] as (value: unknown) => unknown).call(writer, field[1]);
  }
  return writer;
}

function readAll(reader: BinaryReader | OtherReader, all: readonly Field[]): unknown {
  return all.map((field) => {
    if (field[0] === "nested") return [reader.uint32(), readAll(reader, field[1])];
    const value = reader[field[0]]();
    return typeof value === "object" ? Buffer.from(value).toString("hex") : String(value);
  });
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return "error";
  }
}

it("the writer writes the same bytes", () => {
  fc.assert(
    fc.property(fields, (all) => {
      const expected = Buffer.from(writeAll(new OtherWriter(), all).finish()).toString("hex");
      expect(Buffer.from(writeAll(new BinaryWriter(), all).finish()).toString("hex")).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

it("the reader reads the same values", () => {
  fc.assert(
    fc.property(fields, (all) => {
      const message = writeAll(new OtherWriter(), all).finish();
      expect(readAll(new BinaryReader(message), all)).toEqual(readAll(new OtherReader(message), all));
    }),
    { numRuns: 500 },
  );
});

it("messages of every nesting and length stay the same when others are written", () => {
  const payloads = [0, 126, 127, 128, 16_383, 16_384, 300_000, 2_097_152, 5].map((length) => new Uint8Array(length).fill(length));
  const write = (writer: AnyWriter, bytes: Uint8Array) => writer.uint32(10).fork().uint32(10).fork().uint32(18).bytes(bytes).join().join();
  const written = payloads.map((bytes) => Buffer.from(write(new BinaryWriter(), bytes).finish()));
  const unfinished = new BinaryWriter().uint32(1);
  const meanwhile = new BinaryWriter().uint32(2).finish();
  for (const [index, bytes] of payloads.entries()) {
    expect(written[index]?.equals(write(new OtherWriter(), bytes).finish())).toBe(true);
  }
  expect([[...unfinished.finish()], [...meanwhile]]).toEqual([[1], [2]]);
});

const SAMPLE = Buffer.from(
  messages.PlanResourceChange_Request.encode({
    typeName: "example_file",
    priorState: { msgpack: Buffer.from([0xc0]), json: Buffer.from("null") },
    proposedNewState: { msgpack: Buffer.alloc(200, 7), json: Buffer.alloc(0) },
    config: undefined,
    priorPrivate: Buffer.from("{}"),
    clientCapabilities: undefined,
    priorIdentity: { identityData: { msgpack: Buffer.from([0xc0]), json: Buffer.alloc(0) } },
  }).finish(),
);

/** The other implementation under the generated code. */
class OtherUnderGeneratedCode extends BinaryReader {
  readonly #other: OtherReader;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.#other = new OtherReader(bytes);
  }

  override uint32 = () => this.#at(() => this.#other.uint32());
  override int32 = () => this.#at(() => this.#other.int32());
  override int64 = () => this.#at(() => Number(this.#other.int64()));
  override bool = () => this.#at(() => this.#other.bool());
  override bytes = () => this.#at(() => Buffer.from(this.#other.bytes()));
  override string = () => this.#at(() => this.#other.string());
  override skip = (wireType: WireType) => void this.#at(() => this.#other.skip(wireType));

  #at<T>(read: () => T): T {
    this.#other.pos = this.pos;
    const value = read();
    this.pos = this.#other.pos;
    return value;
  }
}

function decodeWith(Reader: typeof BinaryReader, bytes: Buffer): unknown {
  return outcome(() => JSON.stringify(messages.PlanResourceChange_Request.decode(new Reader(bytes), bytes.length)));
}

it("a message that ends early, at any position, is an error or a shorter message for both", () => {
  for (let length = 0; length <= SAMPLE.length; length++) {
    const bytes = SAMPLE.subarray(0, length);
    expect(decodeWith(BinaryReader, bytes)).toEqual(decodeWith(OtherUnderGeneratedCode, bytes));
  }
});

it("fields that the declaration does not have are skipped, and a group is an error", () => {
  const more = [
    [0x98, 0x06, 0xff, 0x01],
    [0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8],
    [0x9a, 0x06, 2, 1, 2],
    [0x9d, 0x06, 1, 2, 3, 4],
  ];
  const bytes = Buffer.concat([...more.map((field) => Buffer.from(field)), SAMPLE]);
  expect(decodeWith(BinaryReader, bytes)).toEqual(decodeWith(BinaryReader, SAMPLE));
  expect(decodeWith(BinaryReader, Buffer.concat([Buffer.from([0x9b, 0x06]), SAMPLE]))).toBe("error");
});

it("random changes never read beyond the message", () => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = Buffer.from(SAMPLE);
      for (const [position, byte] of changes) bytes[position % bytes.length] = byte;
      const expected = decodeWith(OtherUnderGeneratedCode, bytes);
      const decoded = decodeWith(BinaryReader, bytes);
      // This reader knows no groups.
      if (decoded !== "error") expect(decoded).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});
