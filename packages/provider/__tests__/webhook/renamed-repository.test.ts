/** Removing a webhook from a repository that was renamed, whatever its old name responds. */
import { problem } from "../../../domain";
import type { Repository, RepositoryRef, Webhook } from "../../../clients";
import type { Clients } from "../../configuration/clients";
import { removeFromRepository } from "../../webhook/renamed-repository";

type Answer = "removed" | "absent" | "repository-absent" | "redirect";

const ignore = () => undefined;
const LOG = { includes: () => false, debug: ignore, info: ignore, warn: ignore };
const WEBHOOK = { id: "42", url: "https://hooks.example" };
const NEW_NAME: Repository = { id: "7", namespace: "acme", slug: "new", name: "new", project: null, mainBranch: null };
const OLD_NAME: Repository = { ...NEW_NAME, slug: "old" };

const redirect = () => problem("remote-redirect", { why: "moved", fix: "-" }, { execution: "no" });

interface Remote {
  /** What a delete under the old name responds. */
  readonly old: Answer;
  readonly current: Repository | null;
  readonly addressesById?: boolean;
  readonly url?: string;
}

function remove({ old, current, addressesById = false, url = WEBHOOK.url }: Remote, id: string | undefined) {
  const requests: string[] = [];
  const webhooks = {
    addressesById,
    list: ({ repository }: RepositoryRef) => {
      requests.push(`list ${repository}`);
      return Promise.resolve([{ ...WEBHOOK, url, scope: "repository" } as Webhook]);
    },
    remove: ({ repository }: RepositoryRef) => {
      requests.push(`remove ${repository}`);
      if (repository === "new") return Promise.resolve("removed" as const);
      return old === "redirect" ? Promise.reject(redirect()) : Promise.resolve(old);
    },
  };
  const repositories = { byId: () => Promise.resolve(current), byName: () => Promise.resolve(current) };
  const api = { bitbucket: () => ({ webhooks, repositories }) } as unknown as Clients;
  const known = { namespace: "acme", repository: "old", ...(id === undefined ? {} : { id }) };
  const result = removeFromRepository(api, "datacenter", known, WEBHOOK, LOG).catch((failure: unknown) => failure);
  return result.then((outcome) => ({ outcome: outcome instanceof Error ? "failure" : outcome, requests }));
}

const REMOVED = ["remove old", "list new", "remove new"];

it.each<[string, Remote, string | undefined, string, string[]]>([
  ["stops if the old name works", { old: "removed", current: null }, "7", "removed", ["remove old"]],
  ["follows the ID if the old name is gone", { old: "repository-absent", current: NEW_NAME }, "7", "removed", REMOVED],
  ["follows the ID if the old name redirects", { old: "redirect", current: NEW_NAME }, "7", "removed", REMOVED],
  ["follows a redirect if no ID is known", { old: "redirect", current: NEW_NAME }, undefined, "removed", REMOVED],
  ["fails if a redirect leads nowhere", { old: "redirect", current: null }, "7", "failure", ["remove old"]],
  ["follows the ID if another repository has the old name", { old: "absent", current: NEW_NAME }, "7", "removed", REMOVED],
  ["is done if the repository still has its name", { old: "absent", current: OLD_NAME }, "7", "absent", ["remove old"]],
  ["is done if the request used the ID", { old: "absent", current: NEW_NAME, addressesById: true }, "7", "absent", ["remove old"]],
  [
    "leaves a webhook with another URL",
    { old: "redirect", current: NEW_NAME, url: "https://else.example" },
    "7",
    "absent",
    ["remove old", "list new"],
  ],
])("%s", async (_case, remote, id, outcome, requests) => {
  expect(await remove(remote, id)).toEqual({ outcome, requests });
});
