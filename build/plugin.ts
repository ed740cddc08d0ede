/** The provider as one executable file that needs nothing but Node. */
import { build, type Plugin } from "esbuild";
import { chmod, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

export interface PluginBuild {
  /** The TypeScript file that calls `serve`. */
  readonly entry: string;
  /** Where the executable is written; a name without an extension, because engines take any extension for part of the plugin's name. */
  readonly outfile: string;
}

/** Bundles and minifies. Returns the size of the file in bytes. The same input gives the same bytes, wherever it is built. */
export async function buildPlugin({ entry, outfile }: PluginBuild): Promise<number> {
  await mkdir(dirname(outfile), { recursive: true });
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // ES modules are smaller than their CommonJS twins and lose what nobody uses.
    mainFields: ["module", "main"],
    banner: { js: "#!/usr/bin/env node" },
    legalComments: "eof",
    plugins: [withoutGrpcClient],
    logLevel: "warning",
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
