/** The first lines of the plugin, which `/bin/sh` and Node.js of any version can read: they find Node.js, or say in one sentence that it is missing. */

export interface PluginHead {
  /** Name of the provider, for the sentences. */
  readonly provider: string;
  /** The oldest supported Node.js: major and minor version. */
  readonly minimum: readonly [number, number];
  /** Where `/bin/sh` looks for Node.js if it is not on PATH; patterns of the shell. */
  readonly places: readonly string[];
}

/**
 * Folders that a shell profile adds to PATH, and that a service, a scheduler, `sudo` or an editor therefore does not have. The folders of the
 * operating system are on every PATH. The quotation marks keep an asterisk and a slash apart: together they end the comment.
 */
export const NODE_PLACES: readonly string[] = [
  "/usr/local/bin/node",
  "/opt/homebrew/bin/node",
  "/opt/local/bin/node",
  "/snap/bin/node",
  '"$HOME/.local/bin/node"',
  '"$HOME/.volta/bin/node"',
  '"$HOME"/.nvm/versions/node/v[2-9][0-9].*"/bin/node"',
];

/**
 * For Node.js, everything up to the last line is a comment: the second line starts it. For the shell, that line does nothing, and `exec` ends the
 * script. An engine shows the first line of standard output if a plugin does not start, so every sentence is one line there.
 */
export function shellHead({ provider, minimum, places }: PluginHead): string {
  const need = `The provider ${provider} needs Node.js ${minimum.join(".")} or later where Terraform or OpenTofu runs`;
  const lines = [
    "#!/bin/sh",
    '":" /*',
    "say() { printf '%s\\n' \"$1\"; }",
    "node=$BITLIFT_NODE",
    'if [ -n "$node" ]; then',
    '  if [ ! -f "$node" ] || [ ! -x "$node" ]; then',
    `    say "${need}, but BITLIFT_NODE is \\"$node\\", which is not an executable file: set it to the path of the node executable, or unset it."`,
    "    exit 1",
    "  fi",
    "elif command -v node >/dev/null 2>&1; then",
    "  node=node",
    "else",
    `  for place in ${places.join(" ")}; do`,
    '    if [ -f "$place" ] && [ -x "$place" ]; then node=$place; break; fi',
    "  done",
    '  if [ -z "$node" ]; then',
    `    say "${need}, but there is no node on PATH ($PATH): install Node.js on that machine or in its image, or set BITLIFT_NODE to the path of the node executable."`,
    "    exit 1",
    "  fi",
    "fi",
    "# If exec fails, dash runs the trap at once; bash runs the next line, and then the trap.",
    `trap 'say "${need}, but $node does not start: install a Node.js for this system, or set BITLIFT_NODE to the path of its node executable."' EXIT`,
    "shopt -s execfail 2>/dev/null",
    'exec "$node" "$0" "$@"',
    "exit 126",
    "*/",
  ];
  const script = lines.slice(2, -1).join("\n");
  if (script.includes("*/"))
    throw new Error("The part of the plugin for /bin/sh would end its own comment, because it contains an asterisk and a slash.");
  return `${lines.join("\n")}\n`;
}

/** A part of the program. Other parts name it in `require`. */
export interface ProgramPart {
  readonly name: string;
  readonly program: string;
}

/**
 * Refuses an old Node.js, then runs the first part of the program, which loads the others when it needs them. Each part is a text, because an old
 * Node.js would fail on its syntax before it ran the first statement. Everything else here is ES3. Each line of a part is on a line of its own, so
 * that a stack trace names the line in the file.
 */
export function guardedProgram(
  parts: readonly ProgramPart[],
  { provider, minimum: [major, minor] }: PluginHead,
  firstLine: number,
): string {
  const lines = [
    '"use strict";',
    "(function () {",
    "  var version = /^v(\\d+)\\.(\\d+)/.exec(process.version);",
    `  if (version[1] < ${major} || (version[1] == ${major} && version[2] < ${minor})) {`,
    `    require("fs").writeSync(1, "The provider ${provider} needs Node.js ${major}.${minor} or later where Terraform or OpenTofu runs, but " + process.execPath + " is " + process.version + ": install a newer Node.js there, or set BITLIFT_NODE to the path of a newer node executable.\\n");`,
    "    process.exit(1);",
    "  }",
    "  var parts = {};",
    "  function load(name) {",
    "    var part = parts[name];",
    "    if (!part) return require(name);",
    "    if (!part.module) {",
    "      part.module = part.isFirst ? module : { exports: {} };",
    '      var parameters = ["exports", "require", "module", "__filename", "__dirname"];',
    '      var run = require("vm").compileFunction(part.text, parameters, { filename: __filename, lineOffset: part.line });',
    "      run(part.module.exports, load, part.module, __filename, __dirname);",
    "    }",
    "    return part.module.exports;",
    "  }",
    "  load.main = require.main;",
  ];
  for (const [index, { name, program }] of parts.entries()) {
    const line = firstLine + lines.join("\n").split("\n").length - 1;
    lines.push(`  parts["${name}"] = { isFirst: ${index === 0}, line: ${line}, text: '${escapeText(program)}' };`);
  }
  return [...lines, `  load("${parts[0]?.name ?? ""}");`, "})();", ""].join("\n");
}

/** A text between single quotes, with its line breaks in the file. */
function escapeText(text: string): string {
  return text
    .replace(/[\\']/g, "\\$&")
    .replace(/\r/g, "\\r")
    .replace(/[\u2028\u2029]/g, (separator) => `\\u${separator.charCodeAt(0).toString(16)}`)
    .replace(/\n/g, "\\n\\\n");
}
