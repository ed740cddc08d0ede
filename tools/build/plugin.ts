/** The provider as one executable file that needs nothing but Node. */
import { build, type BuildOptions, type Plugin } from "esbuild";
import { chmod, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { brotliCompressSync } from "node:zlib";

export interface PluginBuild {
  /** The TypeScript file that calls `serve`. */
  readonly entry: string;
  /** Where the executable is written; a name without an extension, because engines take any extension for part of the plugin's name. */
  readonly outfile: string;
}

const BUNDLE = {
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // ES modules are smaller than their CommonJS twins and lose what nobody uses.
  mainFields: ["module", "main"],
  legalComments: "eof",
  logLevel: "warning",
} as const satisfies BuildOptions;

/** Bundles and minifies. Returns the size of the file in bytes. The same input gives the same bytes, wherever it is built. */
export async function buildPlugin({ entry, outfile }: PluginBuild): Promise<number> {
  await mkdir(dirname(outfile), { recursive: true });
  await build({
    ...BUNDLE,
    entryPoints: [entry],
    outfile,
    banner: { js: "#!/usr/bin/env node" },
    plugins: [withoutGrpcClient, packedUntilNeeded],
  });
  await chmod(outfile, 0o755);
  return (await stat(outfile)).size;
}

/**
 * The server half of grpc-js reaches the client half, and a parser for .proto files, only to serve its debugging protocol, which is switched
 * off. Without them the file is half as long, and Node reads the whole file at every start.
 */
const withoutGrpcClient: Plugin = {
  name: "without-grpc-client",
  setup: (bundler) => {
    bundler.onResolve({ filter: /^(\.\/make-client|@grpc\/proto-loader)$/ }, ({ importer, path }) =>
      importer.includes("grpc-js") ? { path, namespace: "left-out" } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {}", loader: "js" }));
  },
};

/**
 * A package that is only ever imported when it is needed is kept as compressed text until then. Node parses a whole file before it runs the
 * first line, and an engine starts a plugin three times for each plan, of which one asks a remote system.
 */
const packedUntilNeeded: Plugin = {
  name: "packed-until-needed",
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
