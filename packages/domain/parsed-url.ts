/** Addresses as URLs. */

/**
 * The URL, or undefined if the text is not one. URL.canParse must not be used: once Node.js 20 or 22 has optimized a call of it, it returns false
 * for an international host such as bücher.example.
 */
export function parsedUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
