/** A complete provider with one resource: a text file. The README of this package embeds it, and a test runs it with an engine. */
import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { computed, defineCatalog, gone, optional, providerFor, required, resourceFor, serve } from "@bitlift/terraform-plugin";

// The value that handlers receive as `api`: usually a client of a remote system, here the folder that contains the files.
interface Api {
  readonly folder: string;
}

const { problem } = defineCatalog({ "Text files": { "file-exists": "The file already exists" } });

const file = resourceFor<Api>()({
  type: "file",
  summary: "A text file.",
  attributes: {
    path: required.string("Path, relative to the provider's folder.", { requiresReplace: true }),
    content: required.string("Content of the file."),
    size: computed.number("Size in bytes."),
    sha256: computed.string("SHA-256 of the content, in hexadecimal."),
  },
  identity: ["path"],

  async create({ plan, api, log }) {
    log.info("creating a file", { path: plan.path });
    try {
      // With this flag, the call fails if the file exists, and so never overwrites a file.
      await writeFile(join(api.folder, plan.path), plan.content, { flag: "wx" });
    } catch (cause) {
      if (!hasCode(cause, "EEXIST")) throw cause;
      const fix = `To manage the existing file, run: terraform import <address> ${plan.path}. Otherwise choose another path.`;
      throw problem("file-exists", { why: `${plan.path} exists in ${api.folder}.`, fix, at: ["path"] });
    }
    return { ...plan, ...facts(plan.content) };
  },

  async read({ state, api }) {
    try {
      const content = await readFile(join(api.folder, state.path ?? ""), "utf8");
      return { ...state, content, ...facts(content) };
    } catch (cause) {
      if (hasCode(cause, "ENOENT")) return gone;
      throw cause;
    }
  },

  async update({ plan, api }) {
    await writeFile(join(api.folder, plan.path), plan.content);
    return { ...plan, ...facts(plan.content) };
  },

  async delete({ prior, api }) {
    await rm(join(api.folder, prior.path ?? ""), { force: true });
  },
});

const text = providerFor<Api>()({
  name: "text",
  source: "terraform.local/example/text",
  version: "1.0.0",
  summary: "Manages text files on the machine that runs the engine.",
  attributes: { folder: optional.string("Folder that contains the files; the working directory by default.") },
  blocks: {},
  configure: ({ config }) => ({ folder: typeof config.folder === "string" ? config.folder : process.cwd() }),
  resources: [file],
  dataSources: [],
});

function facts(content: string): { size: number; sha256: string } {
  return { size: Buffer.byteLength(content), sha256: createHash("sha256").update(content).digest("hex") };
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && "code" in cause && cause.code === code;
}

void serve(text);
