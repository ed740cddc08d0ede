/** Bundles the provider into one executable file that needs only `/bin/sh` and Node.js. */
import { build, transform, type BuildOptions, type Plugin } from "esbuild";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { engines } from "../../package.json";
import { guardedProgram, NODE_PLACES, shellHead, type ProgramPart } from "./plugin-head";

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
  target: "node20",
  // ES modules are smaller than the CommonJS variants, and esbuild removes their unused exports.
  mainFields: ["module", "main"],
  legalComments: "eof",
  logLevel: "warning",
  write: false,
} as const satisfies BuildOptions;

/** Bundles and minifies. Returns the size of the file in bytes. The same input gives the same bytes on every machine. */
export async function buildPlugin({ entry, outfile, nodePlaces = NODE_PLACES }: PluginBuild): Promise<number> {
  const parts = await programParts(entry);
  const head = { provider: basename(outfile).replace("terraform-provider-", ""), minimum: minimumNodeVersion(), places: nodePlaces };
  const shell = shellHead(head);
  const bytes = Buffer.from(shell + guardedProgram(parts, head, shell.split("\n").length));
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, bytes);
  await chmod(outfile, 0o755);
  return bytes.length;
}

/**
 * Every dynamic import starts a part of the program that is compiled when it is needed: an engine starts the plugin several times for each
 * command, and waits for the first part only.
 */
async function programParts(entry: string): Promise<readonly ProgramPart[]> {
  // Only ES modules can be split.
  const options = { ...BUNDLE, format: "esm", splitting: true, outdir: "parts", chunkNames: "[hash]", entryNames: "start" } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [entry], plugins: [compressDynamicImports] });
  const parts = outputFiles.map(async ({ path, text }): Promise<ProgramPart> => {
    // Node.js compiles each part from a text, where it does not support import().
    const { code } = await transform(text, { format: "cjs", target: BUNDLE.target, minify: true, supported: { "dynamic-import": false } });
    return { name: `./${basename(path)}`, program: code };
  });
  const isEntry = ({ name }: ProgramPart) => name === "./start.js";
  return (await Promise.all(parts)).sort((a, b) => Number(isEntry(b)) - Number(isEntry(a)) || (a.name < b.name ? -1 : 1));
}

function minimumNodeVersion(): readonly [number, number] {
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(engines.node) ?? [];
  if (major === undefined || minor === undefined)
    throw new Error(`engines.node of package.json is "${engines.node}", not ">=<major>.<minor>".`);
  return [Number(major), Number(minor)];
}

/**
 * Packages that are imported dynamically stay compressed until they are needed: Node.js reads the whole file before it runs the first line, and
 * of the processes that an engine starts for a plan, only one sends requests.
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
      const { outputFiles } = await build({ ...BUNDLE, format: "cjs", stdin });
      const packed = brotliCompressSync(outputFiles[0]?.contents ?? "").toString("base64");
      // An ES module, so that import() returns an object with every export: of a CommonJS module it would have only `default`.
      const contents = `
        import { compileFunction } from "node:vm";
        import { brotliDecompressSync } from "node:zlib";
        const text = brotliDecompressSync(Buffer.from("${packed}", "base64")).toString("utf8");
        const loaded = { exports: {} };
        compileFunction(text, ["module", "exports", "require"], { filename: ${JSON.stringify(path)} })(loaded, loaded.exports, require);
        export const { ${exportsOf(path, resolveDir).join(", ")} } = loaded.exports;
        export default loaded.exports;
      `;
      return { contents, loader: "js", resolveDir };
    });
  },
};

/** The names that a CommonJS package exports, as far as an ES module can export them. */
function exportsOf(path: string, folder: string): readonly string[] {
  const loaded = createRequire(join(folder, "package.json"))(path) as object;
  return Object.keys(loaded).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default" && name !== "__esModule");
}
