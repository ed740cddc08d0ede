/** What the files that were there before `bitlift init` lack. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { APP_FILE, IGNORED } from "./files";

/** The app for either host. */
const ANY_APP = /["']bitlift\/(?:cdktn\/)?app["']/;

/**
 * Sentences about files that were left as they are.
 * @param app What the app imports.
 */
export function notesOn(target: string, existing: readonly string[], app: string): readonly string[] {
  const note = (name: string, isComplete: (text: string) => boolean, sentence: string) =>
    existing.includes(name) && !isComplete(textOf(target, name) ?? "") ? [sentence] : [];
  const ignored = (textOf(target, ".gitignore") ?? "").split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, ""));
  const missing = IGNORED.filter((line) => !ignored.includes(line.replace(/\/$/, "")));
  return [
    ...note(
      "cdktf.json",
      (text) => text.includes(APP_FILE),
      `cdktf.json starts another app than ${APP_FILE}. Set "app" to "node --import tsx ${APP_FILE}", or call synthesizeApp() of ${app} in that app.`,
    ),
    ...note(
      APP_FILE,
      (text) => text.includes(app),
      ANY_APP.test(textOf(target, APP_FILE) ?? "")
        ? `${APP_FILE} imports Bitlift for another host framework. Import ${app} instead.`
        : `${APP_FILE} does not read bitlift.yaml. Call synthesizeApp() of ${app} in it, or add the stacks of the file with loadConfiguration() and BitbucketStack.`,
    ),
    ...note(".gitignore", () => missing.length === 0, `Add these lines to .gitignore: ${missing.join(" ")}`),
  ];
}

function textOf(target: string, name: string): string | undefined {
  const path = join(target, name);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
