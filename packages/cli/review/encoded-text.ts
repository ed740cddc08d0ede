/** Text of a file that a shell may have written: PowerShell writes UTF-16, and some editors a byte order mark. */

const ENCODINGS: readonly (readonly [mark: string, encoding: string])[] = [
  ["fffe", "utf-16le"],
  ["feff", "utf-16be"],
];

/** By the byte order mark; without one, UTF-8. The mark is left out. */
export function decodedText(content: Buffer): string {
  const mark = content.subarray(0, 2).toString("hex");
  const [, encoding = "utf-8"] = ENCODINGS.find(([known]) => known === mark) ?? [];
  return new TextDecoder(encoding).decode(content);
}
