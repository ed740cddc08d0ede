/** Builds the configuration from a draft in which the rules found no error. */
import type { Acceptance, Configuration } from "../configuration";
import { DEFAULT_BACKING, type FileDraft } from "../draft";
import { integrationFrom } from "./integrations";
import type { Locate } from "./located";
import { partsFrom } from "./parts";
import { cloudLoginFrom, serverFrom } from "./servers";
import { spaceFrom } from "./spaces";

const DEFAULT_MOST_REMOVALS = "25%";

export function build(draft: FileDraft, path: string, files: readonly string[], locate: Locate): Configuration {
  const { main } = draft;
  const servers = mapped(draft.servers, (server) => serverFrom(server, locate));
  const spaces = mapped(draft.spaces, (space) => spaceFrom(space, locate));
  const integrations = mapped(draft.integrations, (integration) => integrationFrom(integration, servers, main, locate));
  return {
    path,
    files,
    backing: main.backing ?? DEFAULT_BACKING,
    bitbucketCloud: cloudLoginFrom(main),
    servers,
    spaces,
    integrations,
    parts: partsFrom(draft, { spaces, integrations }),
    mostRemovals: Number.parseFloat(main.removals?.most ?? DEFAULT_MOST_REMOVALS) / 100,
    accept: acceptancesFrom(draft, locate),
  };
}

function acceptancesFrom({ main: { accept = [] } }: FileDraft, locate: Locate): readonly Acceptance[] {
  return accept.flatMap((acceptance, index) => {
    if (acceptance === undefined) return [];
    const { finding = "", note = "", until } = acceptance;
    return [{ place: locate({ holder: accept, key: index }), finding, note, until }];
  });
}

function mapped<T, R>(entries: ReadonlyMap<string, T>, convert: (entry: T) => R): ReadonlyMap<string, R> {
  return new Map([...entries].map(([key, entry]) => [key, convert(entry)]));
}
