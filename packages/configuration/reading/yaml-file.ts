/** Parses the text of one file into plain values with places. */
import { isMap, isScalar, parseDocument, type Document, type Node, type YAMLError } from "yaml";
import { readText } from "./file-text";
import type { Positions } from "./positions";
import { placeText, type Report } from "./report";
import { Source } from "./source";
import { openingOf, plainMessage } from "./yaml-errors";
import { YamlValues, type ReportNode } from "./yaml-values";

const MAX_SYNTAX_ERRORS = 3;

/** The values of a file: a map. Undefined if it cannot be read; the report then says why. */
export function readYamlFile(
  { path, name, isIncluded }: { readonly path: string; readonly name: string; readonly isIncluded: boolean },
  report: Report,
  positions: Positions,
): Record<string, unknown> | undefined {
  const text = readText(path, name, isIncluded);
  if (typeof text === "string") return parseYaml(new Source(name, text), report, positions);
  const source = new Source(name, text.text);
  // The places of a text that was not parsed.
  source.lineCounter.addNewLine(0);
  for (const { index } of text.text.matchAll(/\n/g)) source.lineCounter.addNewLine(index + 1);
  report.add({ code: text.code, severity: "error", message: text.message, source, start: text.offset, end: text.offset + 1 });
  return undefined;
}

function parseYaml(source: Source, report: Report, positions: Positions): Record<string, unknown> | undefined {
  const document = parseDocument(source.text, {
    lineCounter: source.lineCounter,
    prettyErrors: false,
    // Values, which know the place of the first one, check this themselves.
    uniqueKeys: false,
    // Quieter levels leave out the error about a second document.
    logLevel: "error",
  });
  const problems = [...document.errors, ...document.warnings];
  reportSyntax(problems, document, source, report);
  if (problems.length > 0) return undefined;
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== "1.2") {
    const message =
      "the directive %YAML 1.1 changes the meaning of texts such as yes and 012. Remove the line: the file is read as YAML 1.2.";
    report.add({ code: "yaml-feature", severity: "error", message, source, start: 0, end: source.text.indexOf("\n") });
    return undefined;
  }
  return mapOf(document.contents, source, report, positions);
}

/** One error for a line, because the others are mostly its consequences. */
function reportSyntax(problems: readonly YAMLError[], document: Document.Parsed, source: Source, report: Report): void {
  const lines = new Set<number>();
  for (const problem of problems) {
    const [position] = problem.pos;
    const opening = openingOf(problem, document);
    const [start, end] = opening === undefined ? problem.pos : [opening, opening + 1];
    const { line } = source.place(start);
    if (lines.has(line) || lines.size >= MAX_SYNTAX_ERRORS) continue;
    lines.add(line);
    report.add({ code: "yaml-syntax", severity: "error", message: plainMessage(problem, source.text, position), source, start, end });
  }
}

function mapOf(contents: unknown, source: Source, report: Report, positions: Positions): Record<string, unknown> | undefined {
  const reportNode: ReportNode = (code, node, message, related) => {
    const [start, end] = node.range ?? [0, 0];
    const first = related?.range?.[0];
    const text = typeof message === "string" ? message : message(first === undefined ? "" : placeText({ source, start: first }));
    report.add({
      code,
      severity: "error",
      message: text,
      source,
      start,
      end,
      ...(first === undefined ? {} : { related: { source, start: first } }),
    });
  };
  if (isMap(contents)) {
    const values = new YamlValues(source, positions, reportNode);
    const value = values.valueOf(contents) as Record<string, unknown>;
    return values.isTooLarge ? undefined : value;
  }
  reportWithoutMap(contents, source, report);
  return undefined;
}

function reportWithoutMap(contents: unknown, source: Source, report: Report): void {
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  const [start, end] = (isEmpty ? undefined : (contents as Node).range) ?? [0, 1];
  const message = isEmpty
    ? "the file is empty. It needs at least one key, such as spaces or integrations; in the main file also version: 1."
    : "the file is not a map of keys. Write a key, a colon, a space and a value, such as version: 1.";
  report.add({ code: isEmpty ? "file-empty" : "value-not-allowed", severity: "error", message, source, start, end });
}
