/** Cause and fix of the codes of the command, for the diagnostics page. */
import type { CommonCode, Explanations } from "../diagnostics";
import type { CliCode } from "./catalog";

export const CLI_EXPLANATIONS: Explanations<Exclude<CliCode, CommonCode>> = {
  "project-missing": {
    cause: "`bitlift plan`, `apply` and `export` start the app that `cdktf.json` names, and the current folder has no `cdktf.json`.",
    fix: "Run the command in the folder of `cdktf.json`. `bitlift init` writes a new project.",
  },
  "project-not-written": {
    cause:
      "`bitlift init` cannot write into the folder: its name belongs to a file, the folder is not writable, or its `package.json` is not a JSON object.",
    fix: "Do what the message says, and run the command again. It never changes files that exist.",
  },
  "output-not-written": {
    cause:
      "The folder of `bitlift export`, `--plan-dir`, the file of `--output`, or `output` in `cdktf.json` cannot be written: its name, or that of a folder around it, belongs to a file, or the system refuses it.",
    fix: "Name another folder, or move the file that the message names away. A folder need not exist.",
  },
  "project-invalid": {
    cause:
      "`cdktf.json` is not a JSON object, its `app` or `context.bitlift` is not a text, or `context` has a key that starts with `bitlift` and is not one of `bitlift` and `bitliftBacking`.",
    fix: 'Correct the setting that the message names. `"app": "node --import tsx main.ts"` starts the app that `bitlift init` writes.',
  },
  "synthesis-failed": {
    cause: "The app of `cdktf.json` ended with an error, or ended without calling `synth()`. Its own message is above.",
    fix: "Correct what that message names. To see it alone, run the `app` command of `cdktf.json`.",
  },
  "part-unknown": {
    cause: "`--part` names a part that neither `bitlift.yaml` nor the app has.",
    fix: "Use one of the names that the message lists. Without `--part`, the command works on all parts.",
  },
  "engine-command-failed": {
    cause: "The engine ended `init`, `plan`, `show` or `apply` of one part with an error. Its own message is above.",
    fix: "Correct what that message names, and run the command again. What an apply did before the error is in the state, so nothing is done twice.",
  },
  "confirmation-missing": {
    cause:
      "`bitlift apply` shows the plans and asks before it applies them, but nobody can answer: standard input is not a terminal, or `--json` was given.",
    fix: "In a pipeline, save the plans with `bitlift plan --plan-dir plans`, and apply them after the review with `bitlift apply --plan-dir plans`. `--auto-approve` applies without asking.",
  },
  "apply-declined": {
    cause: "The answer to the question of `bitlift apply` was not `yes`.",
    fix: "Run the command again, and answer `yes` to apply the plans.",
  },
  "plans-unusable": {
    cause:
      "The folder of `--plan-dir` has no plans, has plans of another version, lacks a plan that its list names, or has a part whose plan failed.",
    fix: "Save new plans with `bitlift plan --plan-dir <folder>`, and apply them from the same folder. If the plan of a part failed, correct what the plan reported first, or name the other parts with `--part`.",
  },
  "command-interrupted": {
    cause:
      "Someone pressed Ctrl+C, or a pipeline ended the command. The engine finished what it had started, and stored it in the state; after a second Ctrl+C it stopped at once, and the state may lack something.",
    fix: "Run the same command again: it continues where this one stopped. After a second Ctrl+C, run `bitlift plan` first: what it wants to create may exist already.",
  },
  "option-conflict": {
    cause: "Two options of one command exclude each other, or one needs another.",
    fix: "Use the options that the message names. `bitlift <command> --help` describes them.",
  },
  "set-empty": {
    cause:
      "A set selects repositories by `match`, `except`, `project`, `query` and `role`, and no repository that the login can see fits. The set then has no webhooks, which is not an error: repositories may be created later.",
    fix: "Compare the patterns with the slugs of the repositories, and check that the login can see them. `bitlift explain <workspace>/<repository>` says whether a set leaves a repository out.",
  },
  "key-unknown": {
    cause:
      "`bitlift explain` looks for a key of a Space, integration or server, or for a repository, and the file has none with that name.",
    fix: "Use a key as it is written in the file, or a repository as `<workspace>/<repository>` or `<PROJECT>/<repository>`.",
  },
  "option-invalid": {
    cause: "`bitlift review` does not know a severity or a code in `--fail-on`, or a text of `--accept` is not a code and a key.",
    fix: "Use a severity or a code as the review prints it, and `--accept <code>:<key>`.",
  },
  "plan-file-unreadable": {
    cause:
      "A plan file that was given to `bitlift review` does not exist, or the engine cannot read it: it reads its own plans only in a folder that `init` has prepared for them.",
    fix: "Give the output of `show -json <plan>`, or run the command in the folder in which the plan was made. `bitlift review --plan-dir <folder>` reads the plans of `bitlift plan --plan-dir`.",
  },
  "base-unreadable": {
    cause:
      "`--base` names a branch or commit that git does not have, for example because the clone is shallow, or a base whose file has errors. Its acceptances and limits are not known then, so the review stops instead of using those of the change.",
    fix: "Fetch the branch as the message says, or correct the file on the base.",
  },
  "move-impossible": {
    cause:
      "`bitlift export --backing` found an object that the other providers cannot take over: the configuration creates an integration on Bitbucket Cloud, which the published provider only reads; the configuration no longer declares the object; it is one of a set; or the title of a webhook on Bitbucket Data Center, by which it is imported, is missing, contains a slash or is not unique. Or the engine is older than 1.11, and the other backing passes secrets in ephemeral variables or write-only arguments.",
    fix: "Do what the message says for each object, and run the command again. It has written nothing. See [what a move cannot do](guides/moving-between-providers.md#what-a-move-cannot-do).",
  },
  "backing-change-refused": {
    cause:
      "Somebody changed `backing` without moving the objects: the plan deletes them under their old type and creates them again under the new one. Stacks would lose their integration, and the new one may have another webhook URL.",
    fix: "Run `bitlift export <dir> --backing <backing>` and follow its steps: they keep every object, as [the guide](guides/moving-between-providers.md) shows. If you want to make the objects again, add `--accept-backing-change`.",
  },
  "pull-request-unknown": {
    cause:
      "`bitlift review --post` does not know which pull request the review belongs to, or has no credential for it. The review itself is not affected, nor is the exit code.",
    fix: "Give the pull request with `--pr`, and a credential in `BITLIFT_REVIEW_TOKEN` (with `BITLIFT_REVIEW_EMAIL` for an API token).",
  },
};
