/** Bundles the provider into one executable file that needs only `/bin/sh` and Node.js. */
import { build, type BuildOptions, type Plugin } from "esbuild";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { engines } from "../../package.json";
import { guardedProgram, NODE_PLACES, shellHead } from "./plugin-head";

export interface PluginBuild {
  /** The TypeScript file that calls `serve`. */
  readonly entry: string;
  /** Path of the executable. It has no extension, because engines treat an extension as part of the plugin's name. */
  readonly outfile: string;
  /** Where the plugin looks for Node.js if it is not on PATH. Default: NODE_PLACES. */
  readonly nodePlaces?: readonly string[];
}

const BUNDLE = {
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // ES modules are smaller than the CommonJS variants, and esbuild removes their unused exports.
  mainFields: ["module", "main"],
  legalComments: "eof",
  logLevel: "warning",
} as const satisfies BuildOptions;

/** Bundles and minifies. Returns the size of the file in bytes. The same input gives the same bytes on every machine. */
export async function buildPlugin({ entry, outfile, nodePlaces = NODE_PLACES }: PluginBuild): Promise<number> {
  const { outputFiles } = await build({
    ...BUNDLE,
    entryPoints: [entry],
    write: false,
    // The program is compiled as a text, from which Node.js does not support import().
    supported: { "dynamic-import": false },
    plugins: [compressDynamicImports],
  });
  const head = { provider: basename(outfile).replace("terraform-provider-", ""), minimum: minimumNodeVersion(), places: nodePlaces };
  const shell = shellHead(head);
  const bytes = Buffer.from(shell + guardedProgram(outputFiles[0]?.text ?? "", head, shell.split("\n").length));
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, bytes);
  await chmod(outfile, 0o755);
  return bytes.length;
}

function minimumNodeVersion(): readonly [number, number] {
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(engines.node) ?? [];
  if (major === undefined || minor === undefined)
    throw new Error(`engines.node of package.json is "${engines.node}", not ">=<major>.<minor>".`);
  return [Number(major), Number(minor)];
}

/**
 * Packages that are imported dynamically stay compressed until they are needed. Node.js parses the whole file before it runs the first line, and
 * an engine starts the plugin three times for each plan, but only one of the processes sends requests.
 */
const compressDynamicImports: Plugin = {
  name: "compress-dynamic-imports",
  setup: (bundler) => {
    bundler.onResolve({ filter: /^[a-z@]/ }, ({ kind, path, resolveDir }) =>
      kind === "dynamic-import" && !path.startsWith("node:") ? { path, namespace: "packed", pluginData: resolveDir } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: "packed" }, async ({ path, pluginData }) => {
      const resolveDir = String(pluginData);
      const stdin = { contents: `module.exports = require(${JSON.stringify(path)})`, resolveDir };
      const { outputFiles } = await build({ ...BUNDLE, stdin, write: false });
      const packed = brotliCompressSync(outputFiles[0]?.contents ?? "").toString("base64");
      const contents = `
        const { compileFunction } = require("node:vm");
        const { brotliDecompressSync } = require("node:zlib");
        const text = brotliDecompressSync(Buffer.from("${packed}", "base64")).toString("utf8");
        compileFunction(text, ["module", "exports", "require"], { filename: ${JSON.stringify(path)} })(module, exports, require);
      `;
      return { contents, loader: "js", resolveDir };
    });
  },
};
