/** Files that are not YAML of UTF-8, or not a map. */
import type { WrongFile } from "./wrong-file";

export const ENCODINGS_CASES: readonly WrongFile[] = [
  {
    name: "an empty file",
    files: [""],
    output: [
      "bitlift.yaml:1:1: error: the file is empty. It needs at least one key, such as spaces or integrations; in the main file also version: 1. [file-empty]",
    ],
  },
  {
    name: "only comments",
    files: ["# nothing"],
    output: [
      "bitlift.yaml:1:1: error: the file is empty. It needs at least one key, such as spaces or integrations; in the main file also version: 1. [file-empty]",
      "1 | # nothing",
      "  | ^",
    ],
  },
  {
    name: "a text instead of a map",
    files: ["hello"],
    output: [
      "bitlift.yaml:1:1: error: the file is not a map of keys. Write a key, a colon, a space and a value, such as version: 1. [value-not-allowed]",
      "1 | hello",
      "  | ^^^^^",
    ],
  },
  {
    name: "a list instead of a map",
    files: ["- version: 1"],
    output: [
      "bitlift.yaml:1:1: error: the file is not a map of keys. Write a key, a colon, a space and a value, such as version: 1. [value-not-allowed]",
      "1 | - version: 1",
      "  | ^^^^^^^^^^^^",
    ],
  },
  {
    name: "no space after a colon",
    files: ["version:1"],
    output: [
      "bitlift.yaml:1:1: error: the file is not a map of keys. Write a key, a colon, a space and a value, such as version: 1. [value-not-allowed]",
      "1 | version:1",
      "  | ^^^^^^^^^",
    ],
  },
  {
    name: "UTF-16 with a mark",
    files: Buffer.from("\uFEFFversion: 1\n", "utf16le"),
    output: ["bitlift.yaml:1:1: error: the file is encoded as UTF-16. Save it as UTF-8. [file-encoding]"],
  },
  {
    name: "UTF-16 without a mark",
    files: Buffer.from("version: 1\n", "utf16le"),
    output: ["bitlift.yaml:1:1: error: the file is encoded as UTF-16. Save it as UTF-8. [file-encoding]"],
  },
  {
    name: "invalid UTF-8",
    files: Buffer.from("version: 1\n# caf\xE9\n", "latin1"),
    output: [
      "bitlift.yaml:2:6: error: the file is not UTF-8: it contains a byte that UTF-8 does not allow here. Save it as UTF-8. [file-encoding]",
      "2 | # caf�",
      "  |      ^",
    ],
  },
  {
    name: "a NUL character",
    files: ["version: 1", "state: \u0000"],
    output: [
      "bitlift.yaml:2:8: error: the file contains the control character U+0000, which no text contains. Remove it. [file-encoding]",
      "2 | state: \\u0000",
      "  |        ^^^^^^",
    ],
  },
  {
    name: "a file of 6 MB",
    files: Buffer.alloc(6 * 1024 * 1024, "#"),
    output: [
      "bitlift.yaml:1:1: error: the file has 6.0 MB, and 5 MB are the limit. Split it with include, or use sets of repositories. [file-too-large]",
    ],
  },
];
