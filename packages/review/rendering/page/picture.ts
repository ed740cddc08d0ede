/** The picture: Spaces as nested boxes, integrations in them, and to both sides of each what it connects: repositories and consumers. */
import type { Fate, PicturedIntegration, PicturedSpace } from "../../review";
import { badge, fateBadge } from "./badges";
import { foreign, markup, type Content, type Markup } from "./markup";

/** Longer lists are folded, unless what they name goes away. */
const OPEN_ROWS = 12;

/** What matters most comes first. */
const FATES_DOWN: readonly Fate[] = ["deleted", "replaced", "renamed", "forgotten", "updated", "created", "unchanged"];

const PRODUCTS = { cloud: "Bitbucket Cloud", datacenter: "Bitbucket Data Center" } as const;

/** Every integration of the picture has an anchor: its position, in the order of the page. */
export function integrationAnchors(picture: PicturedSpace): ReadonlyMap<PicturedIntegration, string> {
  const all = (space: PicturedSpace): PicturedIntegration[] => [...space.integrations, ...space.spaces.flatMap(all)];
  return new Map(all(picture).map((integration, index) => [integration, `integration-${index + 1}`]));
}

export function pictureSection(picture: PicturedSpace, anchors: ReadonlyMap<PicturedIntegration, string>): Markup {
  return markup`<section aria-labelledby="picture">
<h2 id="picture" tabindex="-1">Picture</h2>
<p class="quiet">Boxes are Spaces. Each integration stands between the repositories whose webhooks it receives and the stacks and modules that read through it. What changes has a mark and a word.</p>
<ul class="legend" aria-label="Marks">${FATES_DOWN.map((fate) => markup`<li class="swatch ${fate}">${fateBadge(fate)}</li>`)}</ul>
<ul class="spaces" role="list">${spaceBox(picture, anchors)}</ul>
</section>`;
}

function spaceBox(space: PicturedSpace, anchors: ReadonlyMap<PicturedIntegration, string>): Markup {
  const { name, fate, isExisting, integrations, spaces } = space;
  const integrationList = integrations.map((integration) => integrationCard(integration, anchors.get(integration) ?? ""));
  const isEmpty = integrations.length === 0 && spaces.length === 0;
  return markup`<li class="space ${fate}${isEmpty ? " empty" : ""}">
<div class="space-name"><h3><span class="kind">Space</span> ${foreign(name)}</h3> ${changeBadge(fate)} ${isExisting ? markup`<span class="tag">managed elsewhere</span>` : undefined}</div>
${integrations.length === 0 ? undefined : markup`<ul class="integrations" role="list">${integrationList}</ul>`}
${spaces.length === 0 ? undefined : markup`<ul class="spaces" role="list">${spaces.map((inner) => spaceBox(inner, anchors))}</ul>`}
</li>
`;
}

function integrationCard(integration: PicturedIntegration, anchor: string): Markup {
  const { name, product, isDefault, fate, repositories, consumers = [] } = integration;
  // Long lists stand below the integration, in columns.
  const size = Math.max(repositories.length, consumers.length) > OPEN_ROWS ? "large" : "small";
  return markup`<li class="integration ${fate} ${size}" id="${anchor}" tabindex="-1">
<div class="node"><p class="kind">${PRODUCTS[product]}</p><h4 class="name">${foreign(name)}</h4><p class="marks">${changeBadge(fate)} ${isDefault ? markup`<span class="tag">default</span>` : undefined}</p></div>
<div class="side repositories"><p class="side-title">Repositories</p>${repositoryGroups(integration)}</div>
<div class="side consumers"><p class="side-title">Read by</p>${consumerGroups(integration)}</div>
</li>
`;
}

function changeBadge(fate: Fate): Markup | undefined {
  return fate === "unchanged" ? undefined : fateBadge(fate);
}

function repositoryGroups({ repositories }: PicturedIntegration): Content {
  if (repositories.length === 0) return markup`<p class="none">None here</p>`;
  return FATES_DOWN.map((fate) => {
    const names = repositories.filter((repository) => repository.fate === fate).map(({ name }) => name);
    return names.length === 0 ? undefined : rows(fate, fateBadge(fate), names, fate === "deleted");
  });
}

function consumerGroups({ consumers }: PicturedIntegration): Content {
  if (consumers === undefined) return markup`<p class="none">Not known</p>`;
  if (consumers.length === 0) return markup`<p class="none">Nobody</p>`;
  const names = (loses: boolean) => consumers.filter(({ losesSource }) => losesSource === loses).map(({ kind, name }) => `${kind} ${name}`);
  return [
    names(true).length === 0
      ? undefined
      : rows("deleted", badge("danger", "✕", names(true).length === 1 ? "loses its source" : "lose their source"), names(true), true),
    names(false).length === 0
      ? undefined
      : rows("unchanged", badge("info", "=", names(false).length === 1 ? "keeps its source" : "keep their source"), names(false), false),
  ];
}

/** A mark with a number, then the names. */
function rows(fate: Fate, mark: Markup, names: readonly string[], isOpen: boolean): Markup {
  const title = markup`${mark} <span class="number">${names.length}</span>`;
  const list = markup`<ul class="rows ${fate}">${names.map((name) => markup`<li>${foreign(name)}</li>`)}</ul>`;
  if (names.length <= OPEN_ROWS) return markup`<div class="group"><p class="group-title">${title}</p>${list}</div>`;
  return markup`<details class="group"${isOpen ? markup` open` : undefined}><summary class="group-title">${title}</summary>${list}</details>`;
}
