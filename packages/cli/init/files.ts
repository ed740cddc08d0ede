/** The files that `bitlift init` writes. */
import { randomUUID } from "node:crypto";
import { CONFIGURATION } from "./configuration-file";
import { hostNamed, type Host } from "./host";
import { inCommandsOf, NPM, type PackageManager } from "./package-manager";
import { bitbucketPipelines, spaceliftConfiguration } from "./pipelines";

export const PIPELINES = ["bitbucket", "spacelift", "none"] as const;
export type Pipeline = (typeof PIPELINES)[number];

/** The app: an existing one may have another name. */
export const APP_FILE = "main.ts";

export const SCRIPTS: Readonly<Record<string, string>> = { validate: "bitlift validate", plan: "bitlift plan", apply: "bitlift apply" };

/** Text by path, relative to the project. */
export function projectFiles(
  pipeline: Pipeline,
  manager: PackageManager = NPM,
  { app, packages }: Host = hostNamed("cdktf"),
): Readonly<Record<string, string>> {
  return {
    "package.json": json({
      name: "bitbucket-integrations",
      private: true,
      scripts: SCRIPTS,
      ...packages,
    }),
    "cdktf.json": json({
      language: "typescript",
      app: `node --import tsx ${APP_FILE}`,
      projectId: randomUUID(),
      sendCrashReports: "false",
      terraformProviders: [],
      terraformModules: [],
    }),
    [APP_FILE]: mainFile(app),
    "bitlift.yaml": inCommandsOf(manager, CONFIGURATION),
    ".gitignore": `# Plans and states contain everything that Bitlift manages.\n${IGNORED.join("\n")}\n`,
    ...(pipeline === "bitbucket" ? { "bitbucket-pipelines.yml": inCommandsOf(manager, bitbucketPipelines) } : {}),
    ...(pipeline === "spacelift" ? { ".spacelift/config.yml": inCommandsOf(manager, spaceliftConfiguration) } : {}),
  };
}

export const IGNORED: readonly string[] = ["node_modules/", "cdktf.out/", ".terraform/", "*.tfstate", "*.tfstate.*", "*.tfplan", "plans/"];

/** tsx runs it as an ES module or a CommonJS module, as the `type` of package.json says. */
const mainFile = (app: string) => `/** The app: everything that bitlift.yaml describes. */
import { synthesizeApp } from "${app}";

synthesizeApp();
`;

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
