/** Synthesis of a stack that has the provider: the plugin and its hash go beside the configuration. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TerraformProvider, TerraformStack, type ISynthesisSession } from "cdktf";
import { renderText, type Cause } from "../../packages/diagnostics";
import { warning, type DiagnosticCode } from "../../packages/domain";
import { version } from "../../package.json";
import type { BitliftProvider } from "../bitlift-provider";
import { filesystemMirrorLines, installationBlocks } from "./cli-configuration";
import { lockedSources, mergeLockEntry } from "./lock-file";
import { MIRROR_FOLDER, packageHash, writeMirror, type PluginPackage } from "./plugin-mirror";
import { refusal } from "../refusal";

const LOCK_FILE = ".terraform.lock.hcl";
/** Where the build puts the plugin, seen from the sources and from dist/lib. */
const BUILT_PLUGIN = ["../../dist/plugin", "../../plugin"].map((folder) => resolve(__dirname, folder, "terraform-provider-bitlift"));

const placed = new WeakSet<TerraformStack>();

/** Wraps the stack's synthesizer, once, however many provider constructs the stack has. */
export function placePluginAtSynthesis(provider: BitliftProvider): void {
  const stack = TerraformStack.of(provider);
  if (placed.has(stack)) return;
  placed.add(stack);
  const own = stack.synthesizer;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      const plugin = pluginOf(provider);
      const workingDirectory = resolve(session.outdir, session.manifest.forStack(stack).workingDirectory);
      const lockPath = join(workingDirectory, LOCK_FILE);
      const lockText = existsSync(lockPath) ? readFileSync(lockPath, "utf8") : undefined;
      const hash = packageHash(plugin);
      // Before anything is written: a lock file that cannot be read stops the synthesis.
      const merged = mergeLockEntry(
        lockText,
        { source: plugin.source, version: plugin.version, constraints: plugin.version, hashes: [hash] },
        lockPath,
      );
      own.synthesize(session);
      writeMirror(workingDirectory, plugin);
      if (merged !== lockText) writeFileSync(lockPath, merged);
      sayWhatIsInTheWay(stack, plugin.source, workingDirectory, lockedSources(merged, lockPath));
    },
  };
}

function pluginOf(provider: BitliftProvider): PluginPackage {
  const candidates = provider.props.pluginPath === undefined ? BUILT_PLUGIN : [provider.props.pluginPath];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw refusal("plugin-missing", {
      why: `There is no provider plugin at ${candidates[0] ?? ""}, so the stack could not be planned.`,
      fix: provider.props.pluginPath === undefined ? "Build it: npm run build -- --plugin" : "Correct pluginPath, or leave it out.",
    });
  }
  return { source: provider.terraformProviderSource ?? "", version, bytes: readFileSync(path) };
}

function sayWhatIsInTheWay(stack: TerraformStack, source: string, workingDirectory: string, locked: readonly string[]): void {
  const others = stack.node
    .findAll()
    .flatMap((construct) => (TerraformProvider.isTerraformProvider(construct) ? [addressOf(construct)] : []))
    .filter((address) => address !== source && !locked.some((entry) => entry === address || entry.endsWith(`/${address}`)));
  if (others.length > 0 && ["", "0", "false"].includes(process.env["CDKTF_SKIP_PROVIDER_LOCK"] ?? "")) {
    say("provider-lock-will-fail", {
      why:
        `Stack ${stack.node.id} uses ${[...new Set(others)].join(", ")}, without an entry in the lock file. cdktf would lock all providers ` +
        `with their registries, and ${source} is in none.`,
      fix: "Set CDKTF_SKIP_PROVIDER_LOCK=true for cdktf plan, deploy and destroy. The engine itself writes the missing entries.",
    });
  }
  for (const block of installationBlocks(source)) {
    if (block.mentionsProvider) continue;
    const mirror = join(workingDirectory, MIRROR_FOLDER);
    say("plugin-mirror-disabled", {
      why: `${block.path} has a provider_installation block, which makes the engine ignore the plugin beside the stack.`,
      fix: `Add the parts that are missing from it:\n${filesystemMirrorLines(mirror, source)}`,
    });
  }
}

/** As configured, with the namespace. Without a host it stands for the engine's own registry, which Terraform and OpenTofu name differently. */
function addressOf(provider: TerraformProvider): string {
  const source = provider.terraformProviderSource ?? provider.terraformResourceType;
  return source.includes("/") ? source : `hashicorp/${source}`;
}

function say(code: DiagnosticCode, cause: Cause): void {
  process.stderr.write(`${renderText(warning(code, cause))}\n`);
}
