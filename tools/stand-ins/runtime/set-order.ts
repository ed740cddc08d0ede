/** The order in which SDK v2 of Terraform iterates over a set of texts: by the text of a checksum. */

/** CRC-32 of IEEE 802.3, which Node.js contains only since version 22. */
function checksum(text: string): number {
  let rest = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}

/** The SDK adds a semicolon to each element before it computes the checksum. */
export function inSetOrder(elements: readonly string[]): readonly string[] {
  const key = (element: string) => String(checksum(`${element};`));
  return [...elements].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
