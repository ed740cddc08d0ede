// Addresses as URLs. Node.js 20 and 22 return false from an optimized URL.canParse for international hosts.

/** The URL, or undefined if the text is not one. */
export function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
