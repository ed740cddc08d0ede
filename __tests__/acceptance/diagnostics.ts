/** The diagnostics of a command, in the forms that the scenarios compare: mostly codes; texts only for the values that they contain. */
import { bitlift, RAISED_ANYWHERE } from "../../packages/provider";
import { codeOf, type EngineDiagnostic, type EngineRun } from "../../tools/harness";

type Severity = EngineDiagnostic["severity"];

const textsOf = ({ diagnostics }: EngineRun, severity: Severity): readonly string[] =>
  diagnostics.filter((found) => found.severity === severity).map(({ summary, detail }) => `${summary}: ${detail}`);

/** Texts of the errors, as `summary: detail`. */
export const errors = (run: EngineRun): readonly string[] => textsOf(run, "error");
export const warnings = (run: EngineRun): readonly string[] => textsOf(run, "warning");

const codesOf = ({ diagnostics }: EngineRun, severity: Severity): readonly string[] =>
  diagnostics
    .filter((found) => found.severity === severity)
    .map((found) => codeOf(found) || found.summary)
    .sort();

/** Codes of the errors, sorted; the engine's own errors have no code and appear by their summaries. */
export const errorCodes = (run: EngineRun): readonly string[] => codesOf(run, "error");
export const warningCodes = (run: EngineRun): readonly string[] => codesOf(run, "warning");

/** The text of the diagnostics with this code. */
export const textOf = ({ diagnostics }: EngineRun, code: string): string =>
  diagnostics
    .filter((found) => codeOf(found) === code)
    .map(({ detail }) => detail)
    .join("\n");

/** The text of the diagnostics at an address. */
export const textAt = ({ diagnostics }: EngineRun, address: string): string =>
  diagnostics
    .filter((found) => found.address === address)
    .map(({ detail }) => detail)
    .join("\n");

/** Lines such as `error duplicate-integration-name bitlift_space.payments parent_space_id`; sorted, without duplicates. */
export function diagnosticLines({ diagnostics }: EngineRun): readonly string[] {
  const lines = diagnostics.map((found) => {
    const argument = /^"(\w+)":/.exec(found.attribute ?? "")?.[1] ?? "";
    return `${found.severity} ${codeOf(found) || found.detail} ${found.address ?? "-"} ${argument}`.trimEnd();
  });
  return [...new Set(lines)].sort();
}

/** Codes that are reported at a Bitlift resource whose declaration does not list them, such as `bitlift_space: duplicate-integration-name`. */
export function undeclaredCodes(diagnostics: readonly EngineDiagnostic[]): readonly string[] {
  return diagnostics.flatMap((found) => {
    const [, data, type] = /^(data\.)?bitlift_(\w+)\./.exec(found.address ?? "") ?? [];
    const code = codeOf(found);
    if (type === undefined || code === "" || RAISED_ANYWHERE.some((anywhere) => anywhere === code)) return [];
    const declarations = data === undefined ? bitlift.resources : bitlift.dataSources;
    const raised = declarations.find((declaration) => declaration.type === type)?.raises ?? [];
    return raised.some((declared) => declared === code) ? [] : [`${data ?? ""}bitlift_${type}: ${code}`];
  });
}
