/** Bundles the provider into one executable file that needs only Node.js. */
import { build, type BuildOptions, type Plugin } from "esbuild";
import { chmod, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { brotliCompressSync } from "node:zlib";

export interface PluginBuild {
  /** The TypeScript file that calls `serve`. */
  readonly entry: string;
  /** Path of the executable. It has no extension, because engines treat an extension as part of the plugin's name. */
  readonly outfile: string;
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
export async function buildPlugin({ entry, outfile }: PluginBuild): Promise<number> {
  await mkdir(dirname(outfile), { recursive: true });
  await build({
    ...BUNDLE,
    entryPoints: [entry],
    outfile,
    banner: { js: "#!/usr/bin/env node" },
    plugins: [withoutGrpcClient, compressDynamicImports],
  });
  await chmod(outfile, 0o755);
  return (await stat(outfile)).size;
}

/**
 * The grpc-js server imports the grpc-js client and a parser for .proto files only for its debugging protocol, which is disabled. Without them
 * the file is half as large, and Node.js reads the whole file at every start.
 */
const withoutGrpcClient: Plugin = {
  name: "without-grpc-client",
  setup: (bundler) => {
    bundler.onResolve({ filter: /^(\.\/make-client|@grpc\/proto-loader)$/ }, ({ importer, path }) =>
      importer.includes("grpc-js") ? { path, namespace: "omitted" } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: "omitted" }, () => ({ contents: "module.exports = {}", loader: "js" }));
  },
};

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
