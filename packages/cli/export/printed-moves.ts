/** What `bitlift export --backing` prints: the files of each part, and the steps that follow, as text or JSON. */
import type { Backing, Moves } from "./moves";
import type { Files } from "./moves-file";
import { SAVED_STATE, SCRIPT_FILE } from "./moves-script";

/** A part that was exported. */
export interface MovedPart {
  readonly part: string;
  /** Relative to the working directory. */
  readonly folder: string;
  readonly moves: Moves;
  /** Written for one apply; empty if the part has nothing to move. */
  readonly files: Files;
}

export interface MovedProject {
  readonly backing: Backing;
  /** Name of the engine's executable. */
  readonly engine: string;
  readonly parts: readonly MovedPart[];
  /** Where the backing still has to be written; undefined if the file has it. */
  readonly setting: "file" | "context" | undefined;
}

export function printMoves(project: MovedProject, isJson: boolean): void {
  process.stdout.write(isJson ? `${JSON.stringify(movesJson(project), null, 2)}\n` : movesText(project));
}

export function movesJson(project: MovedProject): object {
  const parts = project.parts.map(({ part, folder, moves: { moves, forgotten, triggers }, files }) => ({
    part,
    folder,
    moves: moves.map(({ object, to, id }) => ({ from: object.address, to, id })),
    forgotten: forgotten.map(({ address }) => address),
    triggers,
    files,
  }));
  return { format: 1, backing: project.backing, parts, steps: stepsAfter(project) };
}

export function movesText(project: MovedProject): string {
  const blocks = project.parts.map(({ part, folder, files }) => {
    const texts = Object.entries(files).map(([name, text]) => `\n${folder}/${name}:\n${indented(text)}`);
    return `${part}: ${folder}${texts.length === 0 ? ", nothing to move" : ""}\n${texts.join("")}`;
  });
  const steps = stepsAfter(project).map((step, index) => `${index + 1}. ${step}\n`);
  return `${blocks.join("\n")}${steps.length === 0 ? "" : `\nNext:\n${steps.join("")}`}`;
}

/** Empty if nothing moves. */
function stepsAfter({ backing, engine, parts, setting }: MovedProject): readonly string[] {
  const moving = parts.filter(({ files }) => Object.keys(files).length > 0);
  if (moving.length === 0) return setting === undefined ? [] : [`${SETTING_TEXTS[setting](backing)}.`];
  const folders = moving.map(({ folder }) => folder).join(", then in ");
  const names = [...new Set(moving.flatMap(({ files }) => Object.keys(files)))];
  const hasScript = names.includes(SCRIPT_FILE);
  const written = [...names, ...(hasScript ? [SAVED_STATE] : [])];
  return [
    "Make sure that nobody applies the configuration until the last step is done.",
    `In ${folders}: run ${hasScript ? `sh ${SCRIPT_FILE}, which changes only the state` : `${engine} init`}.`,
    ...moving.flatMap(({ folder, moves: { triggers } }) => (triggers.length === 0 ? [] : [triggerStep(folder, engine, triggers)])),
    `In ${folders}: run ${engine} plan -out=moves.tfplan. ${expectation(backing, moving, hasScript)} If the plan shows anything else, do not apply it.`,
    `In the same ${moving.length === 1 ? "folder" : "folders"}: run ${engine} apply moves.tfplan.`,
    `Delete ${[...written, "moves.tfplan"].join(", ")}. The next plan shows no changes.`,
    ...(setting === undefined ? [] : [`${SETTING_TEXTS[setting](backing)}.${setting === "file" ? MOVED_BACK : ""}`]),
  ];
}

/** A new trigger would be planned together with the move, and OpenTofu replaces the integration then. */
function triggerStep(folder: string, engine: string, triggers: readonly string[]): string {
  const targets = triggers.map((trigger) => `-target=${trigger}`).join(" ");
  return `In ${folder}: run ${engine} apply ${targets}. It creates only ${triggers.join(", ")}, which ${triggers.length === 1 ? "exists" : "exist"} in the state alone. Without it, the plan may replace the integration.`;
}

const SETTING_TEXTS = {
  file: (backing: Backing) => `Write backing: ${backing} at the top of bitlift.yaml, and remove every other backing from it`,
  context: (backing: Backing) =>
    `Set the context value bitliftBacking to "${backing}", in cdktf.json or in the app, and remove every other backing from its props`,
};

const MOVED_BACK = " Until then, bitlift apply would move everything back by deleting it, which it refuses.";

/** What a plan shows besides the moves. */
function expectation(backing: Backing, parts: readonly MovedPart[], hasScript: boolean): string {
  const types = new Set(parts.flatMap(({ moves }) => moves.moves.map(({ to }) => to.replace(/\..*$/s, ""))));
  const has = (end: string) => [...types].some((type) => type.endsWith(end));
  const changes =
    backing === "published"
      ? [
          ...(has("bitbucket_hook") ? ["it sends the secret of each webhook on Bitbucket Cloud again"] : []),
          ...(has("_integration") ? ["it sends the token of each integration again (access_token_wo_version)"] : []),
        ]
      : [
          ...(has("_webhook") ? ["it records missing fingerprints of webhook secrets, and sends a secret that it does not know"] : []),
          ...(has("_integration") ? ["it records the credential of each integration, and sends the token again"] : []),
        ];
  const moves = hasScript
    ? "No object is created again, deleted or replaced."
    : `The plan ${countText(backing, parts)}, and deletes or replaces none.`;
  return changes.length === 0 ? moves : `${moves} Besides: ${changes.join("; ")}.`;
}

function countText(backing: Backing, parts: readonly MovedPart[]): string {
  const count = parts.reduce((sum, { moves: { moves } }) => sum + moves.length, 0);
  const objects = count === 1 ? "1 object" : `${count} objects`;
  return backing === "published" ? `imports ${objects} and forgets the old addresses` : `moves ${objects}`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
