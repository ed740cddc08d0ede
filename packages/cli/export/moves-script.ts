/** The moves of one part as commands, for engines that have no blocks for them. */
import type { Backing, Moves } from "./moves";

export const SCRIPT_FILE = "moves.sh";
/** What the script keeps of the state before it changes it. */
export const SAVED_STATE = "moves-before.tfstate";

/** All objects are forgotten before the first is imported: the engine refuses to import while the state contains objects without their provider. */
export function movesScript(backing: Backing, { moves, forgotten }: Moves, engine: string): string {
  const left = [...moves.map(({ object }) => object), ...forgotten];
  return [
    "#!/bin/sh",
    `# Written by bitlift export --backing ${backing}, for one run. It changes only the state, and can be run again after a failure.`,
    `# Delete it and ${SAVED_STATE} when the next plan is as expected: the state may contain secrets.`,
    "set -eu",
    'cd "$(dirname "$0")"',
    `engine="\${BITLIFT_ENGINE:-${engine}}"`,
    "umask 077",
    "",
    'has() { "$engine" state list | grep -Fqx -e "$1"; }',
    'forget() { if has "$1"; then "$engine" state rm "$1"; fi; }',
    'take() { if ! has "$1"; then "$engine" import -input=false "$1" "$2"; fi; }',
    "",
    '"$engine" init -input=false',
    `[ -e ${SAVED_STATE} ] || "$engine" state pull > ${SAVED_STATE}`,
    ...left.map(({ address }) => `forget ${shellText(address)}`),
    ...moves.map(({ to, id }) => `take ${shellText(to)} ${shellText(id)}`),
    "",
  ].join("\n");
}

/** One word for sh, whatever it contains. */
export function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
