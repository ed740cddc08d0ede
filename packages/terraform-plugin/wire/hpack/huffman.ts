/** Decodes the Huffman code of HPACK (RFC 7541, section 5.2 and appendix B). */
import { HpackError } from "./header-field";

/**
 * The length of each symbol's code in bits: `length x count` for symbols 0 to 255, then EOS. The code is canonical, so the lengths determine it:
 * codes of one length are consecutive, in the order of their symbols, and follow all shorter codes.
 */
const CODE_LENGTHS =
  "13 23 28x7 24 30 28x2 30 28x8 30 28x9 6 10x2 12 13 6 8 11 10x2 8 11 8 6x3 5x3 6x7 7 8 15 6 12 10 13 6 7x22 8 7 8 13 19 13 14 6 15 5 6 5 6 5 6x3 " +
  "5 7x2 6x3 5 6 7 6 5x2 6 7x5 15 11 14 13 28 20 22 20x2 22x3 23 22 23x5 24 23 24x2 22 23 24 23x4 21 22 23 22 23x2 24 22 21 20 22x2 23x2 21 23 22x2 " +
  "24 21 22 23x2 21x2 22 21 23 22 23x2 20 22x3 23 22x2 23 26x2 20 19 22 23 22 25 26x3 27x2 26 24 25 19 21 26 27x2 26 27 24 21x2 26x2 28 27x3 20 24 20 " +
  "21 22 21x2 23 22x2 25x2 24x2 26 23 26 27 26x2 27x5 28 27x5 26 30";

const EOS = 256;
const LONGEST_CODE = 30;

/** All codes of one length. */
interface CodeGroup {
  readonly length: number;
  /** The first code after this group, in LONGEST_CODE bits: a smaller number starts with a code of this group, or of an earlier one. */
  readonly limit: number;
  readonly firstCode: number;
  /** In the order of their codes. */
  readonly symbols: readonly number[];
}

let groups: readonly CodeGroup[] | undefined;

function codeGroups(): readonly CodeGroup[] {
  const lengths = CODE_LENGTHS.split(" ").flatMap((part) => {
    const [length = 0, count = 1] = part.split("x").map(Number);
    return Array<number>(count).fill(length);
  });
  let code = 0;
  const made: CodeGroup[] = [];
  for (let length = 1; length <= LONGEST_CODE; length++) {
    code *= 2;
    const symbols = lengths.flatMap((of, symbol) => (of === length ? [symbol] : []));
    if (symbols.length === 0) continue;
    const firstCode = code;
    code += symbols.length;
    made.push({ length, firstCode, symbols, limit: code * 2 ** (LONGEST_CODE - length) });
  }
  return made;
}

/** Returns the text, one character per byte. Throws an HpackError if the padding is wrong or the text contains EOS. */
export function decodeHuffman(bytes: Uint8Array): string {
  groups ??= codeGroups();
  const text = Buffer.allocUnsafe(Math.ceil((bytes.length * 8) / 5));
  let length = 0;
  // The bits that are read but not decoded, as a number below 2 ** pending; at most 37, which a number represents exactly.
  let bits = 0;
  let pending = 0;
  let next = 0;
  for (;;) {
    while (pending < LONGEST_CODE && next < bytes.length) {
      bits = bits * 256 + (bytes[next++] ?? 0);
      pending += 8;
    }
    // Beyond the end, the padding continues with ones (section 5.2).
    const window = pending >= LONGEST_CODE ? Math.floor(bits / 2 ** (pending - LONGEST_CODE)) : withOnes(bits, LONGEST_CODE - pending);
    const group = groupOf(window, groups);
    if (group.length > pending) break;
    const symbol = group.symbols[Math.floor(window / 2 ** (LONGEST_CODE - group.length)) - group.firstCode] ?? EOS;
    if (symbol === EOS) throw new HpackError("a Huffman text contains EOS");
    text[length++] = symbol;
    pending -= group.length;
    bits %= 2 ** pending;
  }
  if (pending > 7 || bits !== 2 ** pending - 1) throw new HpackError("the padding of a Huffman text is wrong");
  return text.toString("latin1", 0, length);
}

function withOnes(bits: number, count: number): number {
  return (bits + 1) * 2 ** count - 1;
}

function groupOf(window: number, all: readonly CodeGroup[]): CodeGroup {
  for (const group of all) if (window < group.limit) return group;
  throw new HpackError("a Huffman text contains no known code");
}
