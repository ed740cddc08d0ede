/** Plans in the encodings that shells write. */
import { decodedText } from "../../review/encoded-text";

const TEXT = '{"name":"Zürich"}';
const UTF_16 = Buffer.from(`\uFEFF${TEXT}`, "utf16le");

it.each([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${TEXT}`)],
  ["UTF-16, as PowerShell writes it", UTF_16],
  ["UTF-16 in the other order", Buffer.from(UTF_16).swap16()],
])("%s is read as the same text", (_encoding, content) => {
  expect(decodedText(content)).toBe(TEXT);
});
