/** The encoder of header blocks against hpack.js. */
import * as fc from "fast-check";
import { decompressor, type Field } from "hpack.js";
import { encodeBlock, NO_TABLE } from "../../../wire/hpack/encoder";
import { STATIC_TABLE } from "../../../wire/hpack/static-table";
import { field } from "./fields";

function decodeWithHpackJs(block: Buffer): Pick<Field, "name" | "value">[] {
  const decoder = decompressor.create({ table: { maxSize: 4096 } });
  const fields: Pick<Field, "name" | "value">[] = [];
  decoder.once("error", (failure) => {
    throw failure;
  });
  decoder.write(block);
  decoder.execute();
  for (let next = decoder.read(); next !== null; next = decoder.read()) fields.push({ name: next.name, value: next.value });
  return fields;
}

it("writes what hpack.js reads, with a table of no bytes", () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 12 }), (fields) => {
      expect(decodeWithHpackJs(Buffer.concat([NO_TABLE, encodeBlock(fields)]))).toEqual(fields);
    }),
    { numRuns: 500 },
  );
});

it("writes every entry of the static table as hpack.js knows it", () => {
  expect(STATIC_TABLE).toHaveLength(61);
  for (const entry of STATIC_TABLE) expect(decodeWithHpackJs(encodeBlock([entry]))).toEqual([entry]);
});

it.each([126, 127, 128, 254, 255, 256, 16_000])("writes a value of %d characters", (length) => {
  const fields = [{ name: "x-long", value: "v".repeat(length) }];
  expect(decodeWithHpackJs(encodeBlock(fields))).toEqual(fields);
});
