/** The errors of the YAML library in plain words. */
import { isCollection, isScalar, Scalar, visit, type Document, type YAMLError } from "yaml";

type ErrorCode = YAMLError["code"];

const MESSAGES: Readonly<Partial<Record<ErrorCode, string>>> = {
  TAB_AS_INDENT: "the line is indented with a tab. YAML allows only spaces: replace the tab by spaces.",
  BLOCK_AS_IMPLICIT_KEY: "a second key is on the same line. Start a new line for it, or quote the text if it contains a colon.",
  MULTILINE_IMPLICIT_KEY:
    "a key is not followed by a colon on its line, or the text before it continues here. Check the colon and the indentation.",
  MULTIPLE_DOCS: "a second document starts here, after ---. A file contains one document: remove the line, or include another file.",
  BAD_DQ_ESCAPE: "the text in double quotes contains an unknown escape. Write \\\\ for a backslash, or use single quotes.",
  KEY_OVER_1024_CHARS: "the key is longer than 1,024 characters. A quote or bracket is probably not closed.",
  MULTIPLE_ANCHORS: "a value has two anchors. Keep one.",
  MULTIPLE_TAGS: "a value has two tags. Remove both.",
  TAG_RESOLVE_FAILED: "tags are not supported. Remove the tag.",
  BAD_DIRECTIVE: "the directive is not supported. Remove the line that starts with %.",
  BAD_ALIAS: 'YAML reads a text that starts with * as an alias. Quote it: "*".',
  BLOCK_IN_FLOW: "a list or map of several lines is inside brackets. Write it inside brackets too, or remove the brackets.",
  BAD_COLLECTION_TYPE: "the tag does not fit the value. Remove the tag.",
  ALIAS_PROPS: "an alias has an anchor or a tag of its own. Remove it.",
};

/** What is wrong and what to do. Never contains text of the file that could be a secret. */
export function plainMessage({ code, message }: YAMLError, text: string, offset: number): string {
  const specific = specificMessage(code, message, text, offset);
  if (specific !== undefined) return specific;
  return MESSAGES[code] ?? "this is not valid YAML. Check the indentation, the quotes and the brackets of this line and the one before it.";
}

function specificMessage(code: ErrorCode, message: string, text: string, offset: number): string | undefined {
  switch (code) {
    case "BAD_INDENT":
      return /^Flow (map|sequence)/.test(message)
        ? `the ${message.startsWith("Flow map") ? "{ of a map" : "[ of a list"} is not closed, or the lines inside it are not indented. Add the ${message.startsWith("Flow map") ? "}" : "]"}.`
        : "the line is not indented like the lines around it. The keys of one map start in the same column.";
    case "MISSING_CHAR":
      if (/quote/.test(message)) return "a quote is opened but not closed. Close it.";
      if (/followed by map values/.test(message)) return "a colon is missing after the key, or the line does not belong here.";
      return /space|indicator|comma|,/.test(message) ? "a space or a comma is missing here." : undefined;
    case "BAD_SCALAR_START":
      return `a text cannot start with ${text.charAt(offset)} without quotes. Quote it.`;
    case "UNEXPECTED_TOKEN":
      if (/block-seq-ind/.test(message)) return "a list starts on the line of its key. Start it on a new line.";
      if (/scalar at node end/.test(message))
        return "text follows a value that has already ended. Quote the whole value; write '' for a quote inside single quotes.";
      if (/flow-(map|seq)-end/.test(message)) return "a bracket is closed that was not opened. Remove it.";
      return undefined;
    default:
      return undefined;
  }
}

/** Where the bracket or quote is that an error misses the end of: the library reports the end of the file, or the next key. */
export function openingOf({ code, message, pos: [position] }: YAMLError, document: Document.Parsed): number | undefined {
  const isBracket = code === "BAD_INDENT" && message.startsWith("Flow ");
  const isQuote = code === "MISSING_CHAR" && message.includes("quote");
  if (!isBracket && !isQuote) return undefined;
  let opening: number | undefined;
  visit(document, {
    Node: (_key, node) => {
      const [start, end] = node.range ?? [0, -1];
      if (start > position || end < position - 1) return;
      if (isBracket && isCollection(node) && node.flow === true) opening = start;
      if (isQuote && isScalar(node) && (node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE)) opening = start;
    },
  });
  return opening;
}
