/** Places the plugin next to the configuration of a stack when the stack is synthesized, and records its hash in the lock file. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { HOST, TerraformProvider, type ISynthesisSession, type TerraformStack } from "../host";
import { version } from "../../package.json";
import { renderText, type Cause } from "../../packages/diagnostics";
import { codePage, warning, type DiagnosticCode } from "../../packages/domain";
import { writeOrigins } from "../construct-origins";
import { processWide } from "../process-wide";
import { validationError } from "../validation-error";
import { findInstallationBlocks } from "./cli-configuration";
import { installationAdvice } from "./installation-advice";
import { lockedSources, mergeLockEntry } from "./lock-file";
import { findPluginDirOption, pluginDirAdvice } from "./plugin-dir-option";
import { packageHash, writeMirror, type PluginPackage } from "./plugin-mirror";
import { isInFolders, searchPlugin } from "./plugin-search";
import { showNotice } from "./synthesis-notice";
import { runsInPipeline, travelingFilesText } from "./traveling-files";

/** The plugin of a provider block. */
export interface PluginReference {
  /** Source address of the provider. */
  readonly source: string;
  /** Path of the plugin. Undefined for the plugin of this package. */
  readonly path: string | undefined;
  /** Whether something in the stack needs the plugin. Asked when the stack is synthesized. */
  readonly isNeeded: () => boolean;
}

const LOCK_FILE = ".terraform.lock.hcl";
/** The plugin of this package, relative to the sources, to `dist/lib`, and to `dist/cdktn/lib`. A bundle of an app has no package to ask. */
const BUILT_PLUGIN_PATHS = ["../../dist/plugin", "../../plugin", "../../../plugin"].map((folder) =>
  resolve(__dirname, folder, "terraform-provider-bitlift"),
);

const preparedStacks = processWide("prepared stacks", () => new WeakSet<TerraformStack>());

/** Wraps the synthesizer of a stack. Only the first call for a stack has an effect. */
export function placePluginAtSynthesis(stack: TerraformStack, reference: PluginReference): void {
  if (preparedStacks.has(stack)) return;
  preparedStacks.add(stack);
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      if (!reference.isNeeded()) {
        synthesizer.synthesize(session);
        return;
      }
      const plugin = readPlugin(reference);
      const workingDirectory = resolve(session.outdir, session.manifest.forStack(stack).workingDirectory);
      // An unreadable lock file stops the synthesis, so read it before anything is written.
      const lockFile = prepareLockFile(join(workingDirectory, LOCK_FILE), plugin);
      warnAboutUnlockedProviders(stack, plugin.source, lockFile.sources);
      warnAboutHiddenPlugin(stack, plugin, workingDirectory);
      if (runsInPipeline()) showNotice(stack, { level: "information", text: travelingFilesText(stack.node.root) });
      synthesizer.synthesize(session);
      writeOrigins(stack, workingDirectory);
      writeMirror(workingDirectory, plugin);
      lockFile.write();
    },
  };
}

const BUILD_OR_INSTALL =
  "Install the package bitlift again: it contains the plugin. If the app is a bundle, set pluginPath of BitliftProvider to " +
  "node_modules/bitlift/dist/plugin/terraform-provider-bitlift. In a clone of Bitlift, run npm run build -- --plugin.";

function readPlugin({ source, path }: Pick<PluginReference, "source" | "path">): PluginPackage {
  const candidates = path === undefined ? BUILT_PLUGIN_PATHS : [path];
  const existing = candidates.find((candidate) => existsSync(candidate));
  if (existing === undefined) {
    throw validationError("plugin-missing", {
      why: `The provider plugin does not exist at ${candidates[0] ?? ""}. Without it, the engine cannot plan the stack.`,
      fix: path === undefined ? BUILD_OR_INSTALL : "Correct pluginPath, or remove it.",
    });
  }
  return { source, version, bytes: readFileSync(existing) };
}

/** Adds the entry of the plugin to the text of the lock file. Returns the providers in it, and a function that writes it if it changed. */
function prepareLockFile(path: string, plugin: PluginPackage): { readonly sources: readonly string[]; readonly write: () => void } {
  const current = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const { source, version: pluginVersion } = plugin;
  const entry = { source, version: pluginVersion, constraints: pluginVersion, hashes: [packageHash(plugin)] };
  const updated = mergeLockEntry(current, entry, path);
  return {
    sources: lockedSources(updated, path),
    write: () => {
      if (updated !== current) writeFileSync(path, updated);
    },
  };
}

/** If a provider has no lock entry, the host locks all providers of the stack. That fails for this provider, because no registry has it. */
function warnAboutUnlockedProviders(stack: TerraformStack, source: string, locked: readonly string[]): void {
  if (!["", "0", "false"].includes(process.env["CDKTF_SKIP_PROVIDER_LOCK"] ?? "")) return;
  const isLocked = (address: string) => locked.some((entry) => entry === address || entry.endsWith(`/${address}`));
  const unlocked = providerAddresses(stack).filter((address) => address !== source && !isLocked(address));
  if (unlocked.length === 0) return;
  showWarning(stack, "provider-lock-will-fail", {
    why:
      `Stack ${stack.node.id} uses providers without an entry in the lock file: ${[...new Set(unlocked)].join(", ")}. To add them, ${HOST} locks ` +
      `every provider of the stack against its registry, and no registry has ${source}.`,
    fix: `Set CDKTF_SKIP_PROVIDER_LOCK=true for ${HOST} diff, deploy and destroy. The engine then adds the missing entries.`,
  });
}

/** Reports settings that prevent the engine from finding the plugin next to the stack. */
function warnAboutHiddenPlugin(stack: TerraformStack, plugin: PluginPackage, workingDirectory: string): void {
  const option = findPluginDirOption();
  if (option !== undefined) {
    // With the option, the engine ignores provider_installation.
    if (!isInFolders(option.folders, plugin, workingDirectory)) showWarning(stack, "plugin-mirror-disabled", pluginDirAdvice(option));
    return;
  }
  for (const block of findInstallationBlocks(workingDirectory)) {
    const failure = searchPlugin(block, plugin, workingDirectory);
    if (failure !== undefined) showWarning(stack, "plugin-mirror-disabled", installationAdvice(block, failure, plugin.source));
  }
}

/** The source addresses in the stack. An address without a host stands for the default registry, which differs between Terraform and OpenTofu. */
function providerAddresses(stack: TerraformStack): readonly string[] {
  const providers = stack.node.findAll().filter((construct) => TerraformProvider.isTerraformProvider(construct));
  const sources = providers.map((provider) => provider.terraformProviderSource ?? provider.terraformResourceType);
  return sources.map((source) => (source.includes("/") ? source : `hashicorp/${source}`));
}

function showWarning(stack: TerraformStack, code: DiagnosticCode, cause: Cause): void {
  showNotice(stack, { level: "warning", text: renderText(warning(code, cause), codePage) });
}
