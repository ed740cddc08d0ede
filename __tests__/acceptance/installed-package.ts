/** The published package, as users install it: its tarball in an empty folder, with packages from the registry and without development dependencies. */
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { devDependencies, version } from "../../package.json";

const ROOT = resolve(__dirname, "../..");
const run = promisify(execFile);

/** @returns the folder of a project that has this package and others, each in the version that this project is tested with */
export async function installPackage(names: readonly (keyof typeof devDependencies)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "package-"));
  await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: ROOT });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "app", version: "1.0.0", private: true }));
  const packages = [`./bitlift-${version}.tgz`, ...names.map((name) => `${name}@${devDependencies[name]}`)];
  await run("npm", ["install", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline", ...packages], { cwd: folder });
  return folder;
}

/** The compiler's errors for files of the project, checked with the declarations of all packages. */
export async function typeErrors(folder: string, files: readonly string[], module: string, moduleResolution: string): Promise<string> {
  const compilerOptions = { noEmit: true, strict: true, skipLibCheck: false, module, moduleResolution, target: "es2022", types: [] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const compiled = await run(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "."], { cwd: folder }).catch(
    (failure: unknown) => failure as { stdout: string },
  );
  return compiled.stdout;
}

/**
 * The modules and resolutions that users have, with the name of a file for each. The app of `bitlift init` is checked too, also with the settings
 * that editors use without a tsconfig.json.
 */
export const MODULES = [
  ["node16", "node16", "app.ts"],
  ["nodenext", "nodenext", "app.mts"],
  ["esnext", "bundler", "app.ts"],
  ["commonjs", "node10", "app.ts"],
] as const;

/** A program with every entry of the package, for either host. */
export function everyEntry(host: "cdktf" | "cdktn"): string {
  const bitlift = host === "cdktf" ? "bitlift" : "bitlift/cdktn";
  return `
    import { App, TerraformStack } from "${host}";
    import { bindings, BitbucketCloudIntegration, BitliftProvider, Credential, Space } from "${bitlift}";
    import { loadConfiguration, BitbucketStack, synthesizeApp } from "${bitlift}/app";
    import { hook, provider } from "${bitlift}/bitbucket";
    import { Hook } from "${bitlift}/bitbucket/lib/hook";
    import { BitbucketProvider } from "${bitlift}/bitbucket/lib/provider";
    import { repositoryWebhook } from "${bitlift}/bitbucketserver";
    import { RepositoryWebhook } from "${bitlift}/bitbucketserver/lib/repository-webhook";
    import { space } from "${bitlift}/spacelift";
    import { Space as SpaceliftSpace } from "${bitlift}/spacelift/lib/space";
    const app = new App();
    const stack = new TerraformStack(app, "stack");
    new BitliftProvider(stack, "bitlift");
    new Space(stack, "space", { name: "Payments" });
    // @ts-expect-error -- a name is required
    new Space(stack, "nameless", {});
    const credential = { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("PAYMENTS_TOKEN") };
    new BitbucketCloudIntegration(stack, "integration", { name: "Payments", credential }).addRepository("acme/networking");
    // @ts-expect-error -- a hook has a URL
    new Hook(stack, "hook", { owner: "acme" });
    const configuration = loadConfiguration();
    for (const part of configuration.parts) new BitbucketStack(app, part.name, configuration, part);
    // @ts-expect-error -- the path is a text
    synthesizeApp({ path: 1 });
    export const classes = [bindings.space.Space, hook.Hook, provider.BitbucketProvider, BitbucketProvider, repositoryWebhook, RepositoryWebhook, space.Space, SpaceliftSpace];
  `;
}
