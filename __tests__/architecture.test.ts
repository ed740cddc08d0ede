/** Holds the tree to ARCHITECTURE.md: folders, imports, file sizes, first lines, names and words. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, posix, relative } from "node:path";
import { preProcessFile } from "typescript";

const ROOT = join(__dirname, "..");
const MAP = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
const CODE = new Set([".ts", ".js", ".mjs"]);
const TEXT = new Set([...CODE, ".md", ".json", ".yml", ".tf", ".sh", ""]);
const GENERATED = ["lib/bindings/", "tfplugin/wire/generated/"];

/** Rows of the table under a heading, each cell as written. */
function table(heading: string): string[][] {
  const section = MAP.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Names in backquotes. */
const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

const ignored = readFileSync(join(ROOT, ".gitignore"), "utf8")
  .split("\n")
  .filter((line) => line.endsWith("/"))
  .map((line) => line.slice(0, -1));

/** Every file below the root that git would take, with `/` between folders. */
function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === ".git" || (entry.isDirectory() && ignored.includes(entry.name))) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(ROOT, path).replaceAll("\\", "/")];
  });
}

const files = walk(ROOT);
const isGenerated = (file: string) => GENERATED.some((folder) => file.startsWith(folder));
const code = files.filter((file) => CODE.has(extname(file)));
const written = code.filter((file) => !isGenerated(file));
const text = (file: string) => readFileSync(join(ROOT, file), "utf8");
const layer = (file: string) => file.split("/")[0] ?? "";

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** Path from the root, for an import inside the project. */
  readonly target: string | undefined;
}

const imports: Import[] = code.flatMap((file) =>
  preProcessFile(text(file), true, true).importedFiles.map(({ fileName: specifier }) => ({
    file,
    specifier,
    target: specifier.startsWith(".") ? posix.normalize(posix.join(dirname(file), specifier)) : undefined,
  })),
);

const allowed = new Map(
  table("Who may import whom").flatMap(([folders = "", targets = ""]) =>
    quoted(folders).map((folder) => [folder, quoted(targets)] as const),
  ),
);

describe("the map", () => {
  it("was understood: the tables are there and code was found", () => {
    expect(allowed.size).toBeGreaterThan(10);
    expect(table("Folders").length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(50);
  });

  it("names every folder, and every folder that it names exists", () => {
    const named = table("Folders").flatMap(([folder = ""]) => quoted(folder));
    const exact = named.filter((name) => name.endsWith("/")).map((name) => name.slice(0, -1));
    const open = named.filter((name) => name.endsWith("/*")).map((name) => name.slice(0, -2));
    const folders = [...new Set(files.flatMap((file) => ancestors(file)))];
    const covered = (folder: string) => exact.includes(folder) || open.some((name) => folder === name || folder.startsWith(`${name}/`));
    expect(folders.filter((folder) => !covered(folder))).toEqual([]);
    expect([...exact, ...open].filter((folder) => !folders.includes(folder))).toEqual([]);
  });

  it("has a row for every layer that holds code", () => {
    const layers = [...new Set(code.map(layer))].filter((name) => name !== "__tests__" && !isConfiguration(name));
    expect(layers.filter((name) => !allowed.has(name))).toEqual([]);
  });
});

describe("imports", () => {
  it("stay inside the table", () => {
    const forbidden = imports.filter(({ file, target }) => {
      if (target === undefined || layer(file) === "__tests__" || isConfiguration(layer(file))) return false;
      const to = layer(target);
      return to !== layer(file) && !(allowed.get(layer(file)) ?? []).includes(to);
    });
    expect(forbidden.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it("of the host packages happen in lib, stacks, examples and main.ts only", () => {
    const hosts = /^(cdktf|constructs)(\/|$)/;
    const places = ["lib", "stacks", "examples", "main.ts", "__tests__"];
    const elsewhere = imports.filter(({ file, specifier }) => hosts.test(specifier) && !places.includes(layer(file)));
    expect(elsewhere.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it("inside tfplugin go from wire to server to schema and never back", () => {
    const order = ["wire", "server", "schema"];
    const floor = (path: string) => order.indexOf(/^tfplugin\/([^/]+)\//.exec(path)?.[1] ?? "");
    const upward = imports.filter(({ file, target }) => target !== undefined && floor(file) > floor(target) && floor(target) >= 0);
    expect(upward.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });
});

describe("files", () => {
  it("stay below 400 lines", () => {
    expect(written.filter((file) => text(file).trimEnd().split("\n").length > 400)).toEqual([]);
  });

  it("start with a comment", () => {
    const starts = (file: string) => {
      const [first = "", second = ""] = text(file).split("\n");
      return /^\s*\/[/*]/.test(first.startsWith("#!") ? second : first);
    };
    expect(code.filter((file) => !starts(file))).toEqual([]);
  });

  it("say in the first line that they are generated, where they are", () => {
    expect(code.filter((file) => isGenerated(file) && !/generated/i.test(text(file).split("\n")[0] ?? ""))).toEqual([]);
  });

  it("are named for what they hold", () => {
    const drawers = /^(utils?|helpers?|common|shared|manager|services?|types|misc)(\.|$)/;
    const named = written.filter((file) => !file.endsWith(".test.ts"));
    expect(named.filter((file) => file.split("/").some((part) => drawers.test(part)))).toEqual([]);
  });

  it("hold no path of one machine and no host of a package registry", () => {
    // Written in pieces, so that this file does not hold the words either.
    const folders = ["work", "root", "home/[a-z]+", "Users/[A-Za-z]+"].map((name) => `(?<![\\w.}])/${name}/`);
    const hosts = [
      ["registry", "npmjs", "org"],
      ["registry", "yarnpkg", "com"],
      ["npm", "pkg", "github", "com"],
      ["pypi", "org"],
      ["crates", "io"],
      ["proxy", "golang", "org"],
      ["deb", "debian", "org"],
    ].map((parts) => parts.join("\\."));
    const words = new RegExp([...folders, ...hosts].join("|"));
    const checked = files.filter((file) => TEXT.has(extname(file)) && basename(file) !== "package-lock.json");
    const found = checked.flatMap((file) => {
      const match = words.exec(text(file));
      return match === null ? [] : [`${file}: ${match[0]}`];
    });
    expect(found).toEqual([]);
  });
});

function ancestors(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join("/"));
}

/** Tool configuration at the root: `jest.config.js`, `eslint.config.mjs`. */
function isConfiguration(name: string): boolean {
  return name.includes(".config.");
}
