/** Small marks with a symbol and a word: severities, verdicts, and what happens to an object. */
import type { Severity } from "../../finding";
import type { Fate, JudgedFinding } from "../../review";
import { SEVERITY_TITLES } from "../wording";
import { FATE_TONES, SEVERITY_TONES } from "./colors";
import { markup, type Markup } from "./markup";

const SEVERITY_SYMBOLS: Readonly<Record<Severity, string>> = { danger: "✕", warning: "▲", notice: "◆", info: "●" };

export const FATE_SYMBOLS: Readonly<Record<Fate, string>> = {
  unchanged: "=",
  created: "+",
  updated: "~",
  replaced: "±",
  renamed: "→",
  deleted: "−",
  forgotten: "○",
};

const VERDICTS: Readonly<Record<JudgedFinding["verdict"], string | undefined>> = {
  blocks: "Blocks",
  accepted: "Accepted",
  known: "Exists on the base too",
  open: undefined,
};

export function severityBadge(severity: Severity): Markup {
  return badge(SEVERITY_TONES[severity], SEVERITY_SYMBOLS[severity], SEVERITY_TITLES[severity]);
}

export function fateBadge(fate: Fate): Markup {
  return badge(FATE_TONES[fate], FATE_SYMBOLS[fate], fate);
}

export function verdictBadge(verdict: JudgedFinding["verdict"]): Markup | undefined {
  const word = VERDICTS[verdict];
  return word === undefined ? undefined : markup`<span class="badge ${verdict === "blocks" ? "solid danger" : "outline"}">${word}</span>`;
}

export function badge(tone: string, symbol: string, word: string): Markup {
  return markup`<span class="badge ${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}
