/** Arbitrary header fields, such as property tests use. */
import * as fc from "fast-check";

/** Characters that a value may contain (RFC 9110, section 5.5), as single bytes. */
const VALUE_CHARACTER = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x21, max: 0x7e }) },
  fc.constantFrom(0x20, 0x09),
  fc.integer({ min: 0x80, max: 0xff }),
);

/** Surrounding whitespace does not belong to a value. */
export const fieldValue = fc.array(VALUE_CHARACTER, { maxLength: 200 }).map((codes) =>
  Buffer.from(codes)
    .toString("latin1")
    .replaceAll(/^[ \t]+|[ \t]+$/g, ""),
);

/** The prefix keeps them apart from names with a meaning of their own, and from those that every JavaScript object has. */
export const customName = fc.stringMatching(/^[a-z0-9_.-]{1,30}$/).map((name) => `x-${name}`);

/** Few names and values, so that fields repeat. */
export const repeatedField = fc.record({
  name: fc.constantFrom("x-one", "x-two", "user-agent", "accept", "content-type"),
  value: fc.constantFrom("a", "b", "application/grpc", "grpc-go/1.79.3", "v".repeat(60)),
});

export const customField = fc.record({ name: customName, value: fieldValue });

export const field = fc.oneof(repeatedField, customField);
