/** The colors of the page in light and in dark. A test computes the contrast of every pair that the page uses. */
import type { Severity } from "../../finding";
import type { Fate } from "../../review";

interface Palette {
  /** The page, what lies on it, and what lies on that. */
  readonly page: string;
  readonly surface: string;
  readonly raised: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly link: string;
  readonly danger: string;
  readonly dangerBack: string;
  readonly warning: string;
  readonly warningBack: string;
  readonly notice: string;
  readonly noticeBack: string;
  readonly info: string;
  readonly infoBack: string;
  readonly good: string;
  readonly goodBack: string;
}

export const PALETTES: Readonly<Record<"light" | "dark", Palette>> = {
  light: {
    page: "#f5f6f8",
    surface: "#ffffff",
    raised: "#f0f2f5",
    text: "#1a1f29",
    quiet: "#525c6b",
    line: "#7c8797",
    link: "#0b57c2",
    danger: "#b3141d",
    dangerBack: "#fdebec",
    warning: "#855000",
    warningBack: "#fff3dc",
    notice: "#0b57c2",
    noticeBack: "#e8f1fd",
    info: "#525c6b",
    infoBack: "#eceff3",
    good: "#14693a",
    goodBack: "#e3f5ea",
  },
  dark: {
    page: "#12151b",
    surface: "#1b2029",
    raised: "#232a35",
    text: "#e8ebf0",
    quiet: "#a9b3c1",
    line: "#737f90",
    link: "#86b8ff",
    danger: "#ff9a9d",
    dangerBack: "#3a1b20",
    warning: "#f4be5f",
    warningBack: "#352812",
    notice: "#86b8ff",
    noticeBack: "#172a45",
    info: "#a9b3c1",
    infoBack: "#262d38",
    good: "#76d69b",
    goodBack: "#15301f",
  },
};

type Tone = "danger" | "warning" | "notice" | "info" | "good";

export const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = { danger: "danger", warning: "warning", notice: "notice", info: "info" };

export const FATE_TONES: Readonly<Record<Fate, Tone>> = {
  unchanged: "info",
  created: "good",
  updated: "notice",
  replaced: "warning",
  renamed: "warning",
  deleted: "danger",
  forgotten: "info",
};

/** The custom properties of one palette. */
export function colorProperties(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, color]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${color as string}`)
    .join(";");
}

/** Text and its background, for every pair that the page uses: contrast at least 4.5 to 1. */
export const TEXT_PAIRS: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ...(["page", "surface", "raised"] as const).flatMap((back) =>
    (["text", "quiet", "link", "danger", "warning", "good"] as const).map((front) => [front, back] as const),
  ),
  ...(["danger", "warning", "notice", "info", "good"] as const).flatMap((tone) => [
    [tone, `${tone}Back`] as const,
    ["text", `${tone}Back`] as const,
  ]),
];

/** Lines, bands and marks, and what they lie on: contrast at least 3 to 1. */
export const MARK_PAIRS: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ["line", "page"],
  ["line", "surface"],
  ["line", "raised"],
  ...(["danger", "warning", "notice", "info", "good"] as const).flatMap((tone) => [[tone, "surface"] as const, [tone, "page"] as const]),
];
