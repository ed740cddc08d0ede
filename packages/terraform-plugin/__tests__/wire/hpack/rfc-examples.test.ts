/** The examples of RFC 7541, appendix C. */
import { HpackDecoder } from "../../../wire/hpack/decoder";

type Field = readonly [name: string, value: string];

/** The blocks of one connection, in order: their bytes, and the fields they mean. */
interface Example {
  readonly section: string;
  /** Section C.5 and C.6 use a table of 256 bytes, which a change of its size at the start of the first block stands for. */
  readonly tableBytes?: 256;
  readonly blocks: readonly (readonly [hex: string, fields: readonly Field[]])[];
}

const FIRST_REQUEST: readonly Field[] = [
  [":method", "GET"],
  [":scheme", "http"],
  [":path", "/"],
  [":authority", "www.example.com"],
];
const SECOND_REQUEST: readonly Field[] = [...FIRST_REQUEST, ["cache-control", "no-cache"]];
const THIRD_REQUEST: readonly Field[] = [
  [":method", "GET"],
  [":scheme", "https"],
  [":path", "/index.html"],
  [":authority", "www.example.com"],
  ["custom-key", "custom-value"],
];

const response = (status: string, second: string): readonly Field[] => [
  [":status", status],
  ["cache-control", "private"],
  ["date", `Mon, 21 Oct 2013 20:13:${second} GMT`],
  ["location", "https://www.example.com"],
];
const THIRD_RESPONSE: readonly Field[] = [
  ...response("200", "22"),
  ["content-encoding", "gzip"],
  ["set-cookie", "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"],
];

const EXAMPLES: readonly Example[] = [
  {
    section: "C.2.1 literal with indexing",
    blocks: [["400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572", [["custom-key", "custom-header"]]]],
  },
  { section: "C.2.2 literal without indexing", blocks: [["040c 2f73 616d 706c 652f 7061 7468", [[":path", "/sample/path"]]]] },
  { section: "C.2.3 literal never indexed", blocks: [["1008 7061 7373 776f 7264 0673 6563 7265 74", [["password", "secret"]]]] },
  { section: "C.2.4 indexed", blocks: [["82", [[":method", "GET"]]]] },
  {
    section: "C.3 requests without Huffman",
    blocks: [
      ["8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d", FIRST_REQUEST],
      ["8286 84be 5808 6e6f 2d63 6163 6865", SECOND_REQUEST],
      ["8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65", THIRD_REQUEST],
    ],
  },
  {
    section: "C.4 requests with Huffman",
    blocks: [
      ["8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff", FIRST_REQUEST],
      ["8286 84be 5886 a8eb 1064 9cbf", SECOND_REQUEST],
      ["8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf", THIRD_REQUEST],
    ],
  },
  {
    section: "C.5 responses without Huffman",
    tableBytes: 256,
    blocks: [
      [
        "4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f " +
          "2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        response("302", "21"),
      ],
      ["4803 3330 37c1 c0bf", response("307", "21")],
      [
        "88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b " +
          "425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31",
        THIRD_RESPONSE,
      ],
    ],
  },
  {
    section: "C.6 responses with Huffman",
    tableBytes: 256,
    blocks: [
      [
        "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
        response("302", "21"),
      ],
      ["4883 640e ffc1 c0bf", response("307", "21")],
      [
        "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 " +
          "7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07",
        THIRD_RESPONSE,
      ],
    ],
  },
];

/** A change of the table to 256 bytes (section 6.3). */
const TABLE_OF_256 = "3fe101";

it.each(EXAMPLES)("$section", ({ tableBytes, blocks }) => {
  const decoder = new HpackDecoder(65_536);
  const decoded = blocks.map(([hex], index) => {
    const change = index === 0 && tableBytes !== undefined ? TABLE_OF_256 : "";
    return decoder.decode(Buffer.from(change + hex.replaceAll(" ", ""), "hex")).fields;
  });
  expect(decoded).toEqual(blocks.map(([, fields]) => fields.map(([name, value]) => ({ name, value }))));
});

it("C.1: integers", () => {
  // A change of the table has a prefix of five bits; its number is the size. 1337 is the RFC's example; 10 fits into the prefix.
  const sizes = ["3f9a0a", "2a", "3fe11f"];
  for (const hex of sizes) expect(new HpackDecoder(65_536).decode(Buffer.from(hex, "hex"))).toEqual({ fields: [], tooLarge: false });
  // C.1.3: 42 in a whole byte is the length of a text after a name.
  const text = "a".repeat(42);
  const block = Buffer.concat([Buffer.from("002a", "hex"), Buffer.from(text), Buffer.from("0178", "hex")]);
  expect(new HpackDecoder(65_536).decode(block).fields).toEqual([{ name: text, value: "x" }]);
});
