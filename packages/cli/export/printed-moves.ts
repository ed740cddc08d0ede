/** What `bitlift export --backing` prints: the files of each part, and the steps that follow, as text or JSON. */
import type { ExportOptions } from "./command";
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

type PrintOptions = ExportOptions & { readonly backing: Backing };

export function printMoves(parts: readonly MovedPart[], options: PrintOptions): void {
  process.stdout.write(options.json === true ? `${JSON.stringify(movesJson(parts, options), null, 2)}\n` : movesText(parts, options));
}

export function movesJson(parts: readonly MovedPart[], { backing }: PrintOptions): object {
  return {
    backing,
    parts: parts.map(({ part, folder, moves: { moves, forgotten }, files }) => ({
      part,
      folder,
      moves: moves.map(({ object, to, id }) => ({ from: object.address, to, id })),
      forgotten: forgotten.map(({ address }) => address),
      files,
    })),
    steps: stepsAfter(parts, backing),
  };
}

export function movesText(parts: readonly MovedPart[], { backing }: PrintOptions): string {
  const blocks = parts.map(({ part, folder, files }) => {
    const texts = Object.entries(files).map(([name, text]) => `\n${folder}/${name}:\n${indented(text)}`);
    return `${part}: ${folder}${texts.length === 0 ? ", nothing to move" : ""}\n${texts.join("")}`;
  });
  const steps = stepsAfter(parts, backing).map((step, index) => `${index + 1}. ${step.replaceAll("\n", "\n   ")}\n`);
  return `${blocks.join("\n")}${steps.length === 0 ? "" : `\nNext:\n${steps.join("")}`}`;
}

/** Empty if nothing moves. */
function stepsAfter(parts: readonly MovedPart[], backing: Backing): readonly string[] {
  const moving = parts.filter(({ files }) => Object.keys(files).length > 0);
  if (moving.length === 0) return [];
  const folders = moving.map(({ folder }) => folder).join(", ");
  const names = [...new Set(moving.flatMap(({ files }) => Object.keys(files)))];
  const hasScript = names.includes(SCRIPT_FILE);
  const plan = `run init, and plan. ${expectation(backing, moving)} If the plan deletes or replaces anything else, do not apply it.`;
  return [
    `Let nobody else apply until all steps are done. Read the ${hasScript ? "script" : "blocks"} above.`,
    ...(hasScript
      ? [`Run sh ${SCRIPT_FILE} in ${folders}: it changes only the state. Then ${plan} Apply the plan.`]
      : [`In ${folders}: ${plan} Apply the plan.`]),
    `Delete ${[...names, ...(hasScript ? [SAVED_STATE] : [])].join(" and ")}: ${names.length === 1 ? "it was" : "they were"} for this one time. The next plan shows no changes.`,
    `Write backing: ${backing} at the top of bitlift.yaml, without another backing at an integration, before the next bitlift plan. An app without the file sets the context value bitliftBacking to "${backing}".`,
  ];
}

/** What a plan shows besides the moves. */
function expectation(backing: Backing, parts: readonly MovedPart[]): string {
  const types = new Set(parts.flatMap(({ moves }) => moves.moves.map(({ to }) => to.replace(/\..*$/s, ""))));
  const hasIntegration = [...types].some((type) => type.endsWith("_integration"));
  const hasWebhook = [...types].some((type) => type.endsWith("_webhook") || type === "bitbucket_hook");
  const changes =
    backing === "published"
      ? [
          ...(hasWebhook ? ["sends the secret of each webhook once"] : []),
          ...(hasIntegration
            ? [
                "sends the token of each integration once (access_token_wo_version)",
                "creates null_resource or terraform_data, which exist only in the state",
              ]
            : []),
        ]
      : [
          ...(hasWebhook ? ["records the fingerprint of each webhook secret, and sends a secret that it does not know"] : []),
          ...(hasIntegration ? ["records the fingerprint of each credential"] : []),
        ];
  return `Nothing is deleted or replaced at Spacelift or Bitbucket.${changes.length === 0 ? "" : ` In place, the plan ${changes.join(", and ")}.`}`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
