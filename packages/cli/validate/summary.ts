/** What `bitlift validate` says about a file without errors: what it has. */
import type { Configuration } from "../../configuration";

/** `bitlift.yaml: 2 Spaces, 1 integration, 5 repositories: no mistakes.` Included files count. */
export function summary({ files, spaces, integrations }: Configuration, warnings: number): string {
  const [main = "", ...included] = files;
  const entries = [...integrations.values()];
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const counts = [
    counted(spaces.size, "Space", "Spaces"),
    counted(entries.length, "integration", "integrations"),
    counted(total(entries.map(({ repositories }) => repositories.length)), "repository", "repositories"),
    counted(total(entries.map(({ sets }) => sets.length)), "set of repositories", "sets of repositories"),
  ].filter((text) => text !== undefined);
  const title = included.length === 0 ? main : `${main} and ${counted(included.length, "included file", "included files") ?? ""}`;
  const result = warnings === 0 ? "no mistakes" : `no errors, ${counted(warnings, "warning", "warnings") ?? ""}`;
  return `${title}: ${counts.length === 0 ? "nothing yet" : counts.join(", ")}: ${result}.`;
}

function counted(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;
}
