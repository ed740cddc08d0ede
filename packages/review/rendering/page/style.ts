/** The style of the page. Color never says something alone: every mark has a symbol and a word, every band a pattern of its own. */
import { colorProperties, PALETTES } from "./colors";

const COLORS = `:root{color-scheme:light dark;${colorProperties(PALETTES.light)}}
@media (prefers-color-scheme:dark){:root{${colorProperties(PALETTES.dark)}}}`;

const TEXT = `*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:0 clamp(.75rem,3vw,2rem) 3rem;max-width:76rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,dl,dd{margin:0;padding:0}
h1{font-size:clamp(1.75rem,4vw,2.5rem);line-height:1.15;letter-spacing:-.02em}
h2{margin:2.75rem 0 .75rem;font-size:1.4rem;letter-spacing:-.01em}
h3{margin:1.5rem 0 .6rem;font-size:1rem}
h4{font-size:1.05rem;line-height:1.4;font-weight:600}
ul{list-style:none}
a{color:var(--link);text-underline-offset:.15em}
code,.code{font:.85em/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.quiet,.none{color:var(--quiet);font-size:.9rem}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
[tabindex="-1"]:focus{outline:none}
[tabindex="-1"]:target{outline:3px solid var(--link);outline-offset:4px;border-radius:6px}
summary{cursor:pointer;padding:.15rem 0}
footer{margin-top:2.5rem}
.skip{position:absolute;left:-100vw;top:.5rem;z-index:1;padding:.6rem 1rem;background:var(--surface);border:2px solid var(--link);border-radius:6px}
.skip:focus{left:.5rem}`;

const HEADER = `header{margin-top:1.5rem;padding:1.5rem clamp(1rem,3vw,2rem);background:var(--surface);border:1px solid var(--line);border-left-width:10px;border-radius:12px}
header.danger{border-color:var(--danger)}header.danger h1{color:var(--danger)}
header.warning{border-color:var(--warning)}header.warning h1{color:var(--warning)}
header.good{border-color:var(--good)}header.good h1{color:var(--good)}
.product{margin-bottom:.35rem;font-size:.9rem;font-weight:600;color:var(--quiet)}
.summary{margin:.5rem 0;font-size:1.1rem;max-width:60rem}
.numbers{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:.9rem 0}
.tiles{display:flex;flex-wrap:wrap;gap:.4rem 1.4rem}
.tiles li{display:flex;align-items:center;gap:.45rem}
.count{font-size:1.5rem;font-weight:700;line-height:1;font-variant-numeric:tabular-nums}
nav ul{display:flex;flex-wrap:wrap;gap:.35rem 1.5rem;margin-top:.75rem}`;

const BADGES = `.badge,.tag{display:inline-block;padding:.05rem .5rem;border-radius:5px;font-size:.8rem;font-weight:600;white-space:nowrap}
.tag{border:1px solid var(--line);color:var(--quiet);font-weight:500}
.badge.outline{border:1px solid currentColor;color:var(--quiet)}
.badge.danger{color:var(--danger);background:var(--danger-back)}
.badge.warning{color:var(--warning);background:var(--warning-back)}
.badge.notice{color:var(--notice);background:var(--notice-back)}
.badge.info{color:var(--info);background:var(--info-back)}
.badge.good{color:var(--good);background:var(--good-back)}
.badge.solid.danger{color:var(--danger-back);background:var(--danger)}`;

const FINDINGS = `.findings{display:grid;gap:.75rem}
.finding{position:relative;padding:1rem 1.25rem 1rem 1.75rem;background:var(--surface);border:1px solid var(--line);border-radius:10px}
.finding::before{content:"";position:absolute;left:0;top:0;bottom:0;width:9px;border-radius:9px 0 0 9px;background:var(--danger)}
.finding.warning::before{background:repeating-linear-gradient(-45deg,var(--warning) 0 5px,transparent 5px 9px)}
.finding.notice::before{background:repeating-linear-gradient(0deg,var(--notice) 0 3px,transparent 3px 6px)}
.finding.info::before{background:repeating-linear-gradient(90deg,var(--info) 0 2px,transparent 2px 4px)}
.finding>*+*{margin-top:.5rem}
.marks{display:flex;flex-wrap:wrap;gap:.4rem .6rem;align-items:center}
.todo{padding:.5rem .75rem;background:var(--raised);border-radius:6px}
.concerns{display:grid;gap:.35rem;font-size:.95rem}
.concerns div{display:grid;grid-template-columns:minmax(9rem,16rem) 1fr;gap:.1rem 1rem}
.concerns dt{color:var(--quiet)}
.names{display:flex;flex-wrap:wrap;gap:.25rem .4rem}
.names li{padding:0 .5rem;background:var(--raised);border-radius:5px;font-size:.9rem}
.finding details ul:not(.names){padding-left:1.1rem;list-style:disc;font-size:.95rem}
.where{display:flex;flex-wrap:wrap;gap:.2rem 1rem}
.known{margin-top:1.5rem}.known .findings{margin-top:.75rem}
.plain{padding-left:1.1rem;list-style:disc}`;

const tones = (selector: (fate: string) => string) =>
  [
    ["created", "good"],
    ["updated", "notice"],
    ["replaced", "warning"],
    ["renamed", "warning"],
    ["deleted", "danger"],
    ["forgotten", "info"],
  ]
    .map(([fate = "", tone = ""]) => `${selector(fate)}{--tone:var(--${tone})}`)
    .join("");

/** One pattern for each fate, drawn in its tone. */
const PATTERNS: readonly [fate: string, pattern: string][] = [
  ["created", "linear-gradient(var(--tone),var(--tone))"],
  ["updated", "repeating-linear-gradient(0deg,var(--tone) 0 3px,transparent 3px 6px)"],
  [
    "replaced",
    "repeating-linear-gradient(45deg,var(--tone) 0 2px,transparent 2px 6px),repeating-linear-gradient(-45deg,var(--tone) 0 2px,transparent 2px 6px)",
  ],
  ["renamed", "repeating-linear-gradient(0deg,var(--tone) 0 10px,transparent 10px 14px)"],
  ["deleted", "repeating-linear-gradient(-45deg,var(--tone) 0 4px,transparent 4px 8px)"],
  ["forgotten", "repeating-linear-gradient(90deg,var(--tone) 0 2px,transparent 2px 4px)"],
];

const BANDS = PATTERNS.map(
  ([fate, pattern]) => `.swatch.${fate}::before,.space.${fate}::before,.integration.${fate}>.node::before{background:${pattern}}`,
).join("\n");

const PICTURE = `.legend{display:flex;flex-wrap:wrap;gap:.4rem 1.1rem;margin:.75rem 0 1rem}
.swatch{display:flex;align-items:center;gap:.35rem}
.swatch:not(.unchanged)::before{content:"";width:1.4rem;height:.9rem;border:1px solid var(--tone)}
.spaces,.integrations{display:grid;gap:.9rem}
.space{position:relative;padding:.75rem 1rem 1rem 1.5rem;background:var(--surface);border:1px solid var(--line);border-radius:12px;--tone:var(--line)}
.space .space{background:var(--page)}.space .space .space{background:var(--surface)}.space .space .space .space{background:var(--page)}
.space>*+*{margin-top:.9rem}
.space::before{content:"";position:absolute;left:0;top:0;bottom:0;width:10px;border-radius:11px 0 0 11px;background:none}
.space.unchanged{padding-left:1rem}
.space.deleted,.integration.deleted>.node{border-style:dashed;border-color:var(--danger)}
.space.empty{padding-bottom:.75rem}
.space-name h3{margin:0}
.kind{font-weight:400}
.space-name{display:flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:baseline}
.kind{color:var(--quiet);font-size:.8rem}
.integration{display:grid;grid-template-columns:minmax(0,1fr) minmax(11rem,15rem) minmax(0,1fr);grid-template-areas:"repositories node consumers";align-items:center}
.integration>.node{grid-area:node;position:relative;padding:.75rem .9rem .75rem 1.5rem;background:var(--raised);border:2px solid var(--tone,var(--line));border-radius:10px}
.node::before{content:"";position:absolute;left:0;top:0;bottom:0;width:12px;border-radius:7px 0 0 7px}
.integration.unchanged>.node{padding-left:.9rem}
.integration.deleted .name,.space.deleted>.space-name bdi{text-decoration:line-through}
.side{position:relative;padding:.35rem 0}
.side.repositories{grid-area:repositories;justify-self:end;padding-right:2.25rem}
.side.consumers{grid-area:consumers;padding-left:2.25rem}
.side::before,.side::after{content:"";position:absolute;background:var(--line)}
.repositories::before{right:1.1rem;top:.2rem;bottom:.2rem;width:2px}
.repositories::after{right:0;top:calc(50% - 1px);width:1.1rem;height:2px}
.consumers::before{left:1.1rem;top:.2rem;bottom:.2rem;width:2px}
.consumers::after{left:0;top:calc(50% - 1px);width:1.1rem;height:2px}
.side-title{font-size:.8rem;color:var(--quiet)}
.group{margin-top:.35rem}
.group-title{font-size:.9rem}
.number{font-size:.85rem;color:var(--quiet)}
.rows{margin:.15rem 0 .35rem;font-size:.92rem;--tone:var(--line)}
.large .rows{columns:15rem;column-gap:1rem}
.rows li{padding:.05rem 0 .05rem .6rem;border-left:4px solid var(--tone);break-inside:avoid}
.rows.updated li{border-left-style:dashed}
.rows.replaced li,.rows.renamed li{border-left-style:double}
.rows.deleted li{border-left-style:dotted}
.rows.unchanged li{border-left-width:1px}`;

/** The lists of an integration below it, instead of at its sides. */
const stacked = (integration: string) => `${integration}{grid-template-columns:1fr;grid-template-areas:"node" "repositories" "consumers"}
${integration}>.node{justify-self:start;min-width:min(100%,15rem)}
${integration}>.side{justify-self:stretch;padding:.5rem 0 .35rem 2.25rem}
${integration}>.side::before{left:1.1rem;right:auto;top:0;bottom:0}
${integration}>.consumers::before{bottom:auto;height:1.35rem}
${integration}>.side::after{left:1.1rem;right:auto;top:1.25rem;width:.8rem}`;

const NARROW = `${stacked(".integration.large")}
@media (max-width:46rem){
${stacked(".integration")}
.concerns div{grid-template-columns:1fr}
.space{padding:.6rem .6rem .75rem 1.1rem}.space.unchanged{padding-left:.6rem}
.finding{padding:.85rem .9rem .85rem 1.35rem}
}`;

const PRINT = `@media print{
:root{${colorProperties(PALETTES.light)};--page:#fff}
body{max-width:none;padding:0;font-size:10pt}
.skip,nav{display:none}
.finding,.node{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details::details-content{content-visibility:visible;block-size:auto}
}
@media (forced-colors:active){.badge,.finding,.space,.node{border:1px solid}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}`;

const TONES = tones((fate) => `.swatch.${fate},.space.${fate},.integration.${fate}>.node,.rows.${fate}`);

export const STYLE = [COLORS, TEXT, HEADER, BADGES, FINDINGS, PICTURE, TONES, BANDS, NARROW, PRINT].join("\n");
