/** Checks the tree against ARCHITECTURE.md and the manifests: folders, imports, file sizes, first lines, names and forbidden text. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, extname, join, posix, relative } from "node:path";
import * as ts from "typescript";

const ROOT = join(__dirname, "..");
const MAP = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
const CODE = new Set([".ts", ".js", ".mjs"]);
const TEXT = new Set([...CODE, ".md", ".json", ".yml", ".tf", ".sh", ""]);
const GENERATED = ["lib/bindings/", "lib/providers/", "packages/terraform-plugin/wire/generated/"];
/** Loaded by path, because it must run on Node.js versions that cannot parse the rest. */
const LOADED_BY_PATH = "packages/engine/require-node";

/** The rows of the table under a heading. */
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

/** Names in backticks. */
const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

const ignored = readFileSync(join(ROOT, ".gitignore"), "utf8")
  .split("\n")
  .filter((line) => line.endsWith("/"))
  .map((line) => line.slice(0, -1));

/** Every file below a folder that .gitignore does not exclude: its path from the root, with `/` between folders. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === ".git" || ignored.includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [relative(ROOT, path).replaceAll("\\", "/")];
  });
}

const files = listFiles(ROOT);
const isGenerated = (file: string) => GENERATED.some((folder) => file.startsWith(folder));
const code = files.filter((file) => CODE.has(extname(file)));
const handwritten = code.filter((file) => !isGenerated(file));
const text = (file: string) => readFileSync(join(ROOT, file), "utf8");
const isTest = (file: string) => file.split("/").includes("__tests__");
/** The row of the import table that a path belongs to: a package, a tool, or a folder or file at the root. */
const unit = (file: string) =>
  file
    .split("/")
    .slice(0, /^(packages|tools)\//.test(file) ? 2 : 1)
    .join("/");

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** Path from the root, for an import inside the project. */
  readonly target: string | undefined;
  /** False if only types are imported. */
  readonly value: boolean;
}

const imports: Import[] = code.flatMap((file) =>
  specifiersOf(file).map(({ specifier, value }) => ({
    file,
    specifier,
    value,
    target: specifier.startsWith(".") ? posix.normalize(posix.join(dirname(file), specifier)).replace(/\/$/, "") : undefined,
  })),
);

/** Everything that a file imports, re-exports, requires or imports dynamically. */
function specifiersOf(file: string): { specifier: string; value: boolean }[] {
  const source = ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest, true);
  const found: { specifier: string; value: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const bindings = node.importClause?.namedBindings;
      const onlyTypes = bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.every((element) => element.isTypeOnly);
      const value = node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword && (node.importClause?.name !== undefined || !onlyTypes);
      found.push({ specifier: node.moduleSpecifier.text, value });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
      const { exportClause } = node;
      const onlyTypes =
        exportClause !== undefined && ts.isNamedExports(exportClause) && exportClause.elements.every((element) => element.isTypeOnly);
      found.push({ specifier: node.moduleSpecifier.text, value: !node.isTypeOnly && !onlyTypes });
    } else if (ts.isCallExpression(node)) {
      const [argument] = node.arguments;
      const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText(source) === "require";
      if (loads && argument !== undefined && ts.isStringLiteral(argument)) found.push({ specifier: argument.text, value: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const importText = ({ file, specifier }: Import) => `${file} imports ${specifier}`;
/** Examples of a package import it by its name, as its users do. */
const isExample = (file: string) => /^packages\/[^/]+\/examples\//.test(file);
const outsideTests = imports.filter(({ file }) => !isTest(file) && !isExample(file) && !isConfiguration(unit(file)));

const allowed = new Map(
  table("Allowed imports").flatMap(([folders = "", targets = ""]) => quoted(folders).map((folder) => [folder, quoted(targets)] as const)),
);

describe("ARCHITECTURE.md", () => {
  it("has both tables, and the project has code", () => {
    expect(allowed.size).toBeGreaterThan(10);
    expect(table("Folders").length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(50);
  });

  it("lists every folder, and every listed folder exists", () => {
    const listed = table("Folders").flatMap(([folder = ""]) => quoted(folder));
    const exact = listed.filter((name) => name.endsWith("/")).map((name) => name.slice(0, -1));
    const recursive = listed.filter((name) => name.endsWith("/*")).map((name) => name.slice(0, -2));
    const folders = [...new Set(files.flatMap((file) => ancestors(file)))];
    const covered = (folder: string) =>
      exact.includes(folder) ||
      recursive.some((name) => folder === name || folder.startsWith(`${name}/`)) ||
      /^(packages|tools)\/[^/]+\/(__tests__|examples)(\/|$)/.test(folder);
    expect(folders.filter((folder) => !covered(folder))).toEqual([]);
    expect([...exact, ...recursive].filter((folder) => !folders.includes(folder))).toEqual([]);
  });

  it("has a row for every package, tool and folder that contains code", () => {
    const units = [...new Set(code.map(unit))].filter((name) => name !== "__tests__" && !isConfiguration(name));
    expect(units.filter((name) => !allowed.has(name))).toEqual([]);
  });
});

describe("imports", () => {
  it("are in the table", () => {
    const forbidden = outsideTests.filter(({ file, target }) => {
      if (target === undefined || target === "package.json" || target.startsWith(LOADED_BY_PATH)) return false;
      return unit(target) !== unit(file) && !(allowed.get(unit(file)) ?? []).includes(unit(target));
    });
    expect(forbidden.map(importText)).toEqual([]);
  });

  it("include every import that the table allows", () => {
    const used = new Set(outsideTests.flatMap(({ file, target }) => (target === undefined ? [] : [`${unit(file)} -> ${unit(target)}`])));
    const listed = [...allowed].flatMap(([from, targets]) => targets.map((to) => `${from} -> ${to}`));
    expect(listed.filter((edge) => !used.has(edge))).toEqual([]);
  });

  it("of another package name its index.ts only, in tests too", () => {
    const inside = imports.filter(({ file, target }) => {
      if (target === undefined || target.startsWith(LOADED_BY_PATH)) return false;
      return target.startsWith("packages/") && unit(target) !== unit(file) && target !== unit(target) && target !== `${unit(target)}/index`;
    });
    expect(inside.map(importText)).toEqual([]);
  });

  it("of values form no circle", () => {
    expect(findCircles()).toEqual([]);
  });

  it("of the host are only in lib/host and examples, and those of constructs only in lib, stacks and examples", () => {
    const elsewhere = imports.filter(({ file, specifier }) => {
      if (isTest(file) || unit(file) === "examples") return false;
      if (/^(cdktf|cdktn|@cdktf\/provider-null)(\/|$)/.test(specifier)) return !file.startsWith("lib/host/");
      return /^constructs(\/|$)/.test(specifier) && unit(file) !== "lib" && unit(file) !== "stacks";
    });
    expect(elsewhere.map(importText)).toEqual([]);
  });

  it("inside terraform-plugin go from wire to server to schema, and never back", () => {
    const order = ["wire", "server", "schema"];
    const layer = (path: string) => order.indexOf(/^packages\/terraform-plugin\/([^/]+)\//.exec(path)?.[1] ?? "");
    const backward = imports.filter(({ file, target }) => target !== undefined && layer(file) > layer(target) && layer(target) >= 0);
    expect(backward.map(importText)).toEqual([]);
  });

  it("inside wire go from grpc to http2 to hpack to protobuf, and from there to nothing else of the package", () => {
    const order = ["grpc", "http2", "hpack", "protobuf"];
    const layer = (path: string) => order.indexOf(/^packages\/terraform-plugin\/wire\/([^/]+)\//.exec(path)?.[1] ?? "");
    const forbidden = imports.filter(
      ({ file, target }) => target !== undefined && !isTest(file) && layer(file) >= 0 && layer(target) < layer(file),
    );
    expect(forbidden.map(importText)).toEqual([]);
  });
});

describe("the manifest of", () => {
  const packages = [...allowed.keys()].filter((name) => name.startsWith("packages/"));
  const builtin = new Set(builtinModules);
  const manifest = (folder: string) =>
    JSON.parse(text(`${folder}/package.json`)) as { name: string; version: string; dependencies?: Record<string, string> };
  const root = JSON.parse(text("package.json")) as {
    version: string;
    dependencies?: Record<string, string>;
    peerDependencies?: Record<string, string>;
  };

  it.each(packages)("%s declares the packages of the table", (folder) => {
    const declared = Object.keys(manifest(folder).dependencies ?? {}).filter((name) => name.startsWith("@bitlift/"));
    const listed = (allowed.get(folder) ?? []).map((name) => name.replace("packages/", "@bitlift/"));
    expect(declared.sort()).toEqual(listed.sort());
  });

  it.each(packages)("%s declares the third-party packages that it imports", (folder) => {
    const packageOf = (specifier: string) =>
      specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/");
    const own = outsideTests.filter(({ file }) => unit(file) === folder);
    const imported = own.filter(
      ({ target, specifier }) => target === undefined && !specifier.startsWith("node:") && !builtin.has(specifier),
    );
    const declared = Object.entries(manifest(folder).dependencies ?? {}).filter(([name]) => !name.startsWith("@bitlift/"));
    expect(declared.map(([name]) => name).sort()).toEqual([...new Set(imported.map(({ specifier }) => packageOf(specifier)))].sort());
  });

  it("the root has what lib imports, and the third-party dependencies of every package that the published package contains", () => {
    const published = [
      "packages/cli",
      "packages/review",
      "packages/clients",
      "packages/configuration",
      "packages/sandbox",
      "packages/domain",
      "packages/diagnostics",
    ];
    const needed = published.flatMap((folder) => Object.entries(manifest(folder).dependencies ?? {}));
    const thirdParty = needed.filter(([name]) => !name.startsWith("@bitlift/"));
    const peers = Object.keys(root.peerDependencies ?? {});
    const external = outsideTests.filter(({ file, target }) => unit(file) === "lib" && target === undefined);
    const ofLib = external
      .map(({ specifier }) => specifier)
      .filter((name) => !/^(node:|@?cdktf\/|cdktn\/|constructs\/)/.test(name) && !peers.includes(name));
    expect(root.dependencies).toEqual({
      // Runs the app of `bitlift init`.
      tsx: root.dependencies?.["tsx"],
      ...Object.fromEntries(thirdParty),
      ...Object.fromEntries(ofLib.map((name) => [name, root.dependencies?.[name]])),
    });
    expect(ofLib.filter((name) => root.dependencies?.[name] === undefined)).toEqual([]);
  });

  it.each(packages)("%s has the version of the root, a README and an index.ts", (folder) => {
    expect(manifest(folder)).toMatchObject({ name: folder.replace("packages/", "@bitlift/"), version: root.version });
    expect(["README.md", "index.ts"].filter((name) => !existsSync(join(ROOT, folder, name)))).toEqual([]);
  });
});

describe("files", () => {
  it("stay below 400 lines", () => {
    expect(handwritten.filter((file) => text(file).trimEnd().split("\n").length > 400)).toEqual([]);
  });

  it("start with a comment", () => {
    const starts = (file: string) => {
      const [first = "", second = ""] = text(file).split("\n");
      return /^\s*\/[/*]/.test(first.startsWith("#!") ? second : first);
    };
    expect(code.filter((file) => !starts(file))).toEqual([]);
  });

  it("that are generated say so in the first line", () => {
    expect(code.filter((file) => isGenerated(file) && !/generated/i.test(text(file).split("\n")[0] ?? ""))).toEqual([]);
  });

  it("are named for their contents", () => {
    const vague = /^(utils?|helpers?|common|shared|manager|types|misc)(\.|$)/;
    const checked = handwritten.filter((file) => !file.endsWith(".test.ts"));
    expect(checked.filter((file) => file.split("/").some((part) => vague.test(part)))).toEqual([]);
  });

  it("contain no path of one machine and no host of a package registry", () => {
    // In pieces, so that this file does not contain them either.
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
    const forbidden = new RegExp([...folders, ...hosts].join("|"));
    const checked = files.filter((file) => TEXT.has(extname(file)) && basename(file) !== "package-lock.json");
    const found = checked.flatMap((file) => {
      const match = forbidden.exec(text(file));
      return match === null ? [] : [`${file}: ${match[0]}`];
    });
    expect(found).toEqual([]);
  });
});

function ancestors(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join("/"));
}

/** Whether a name is tool configuration at the root: `jest.config.js`, `eslint.config.mjs`. */
function isConfiguration(name: string): boolean {
  return name.includes(".config.");
}

/** Groups of files whose value imports form a circle (Tarjan's strongly connected components). */
function findCircles(): string[][] {
  const codeFiles = new Set(code);
  const resolved = (path: string) =>
    [path, `${path}.ts`, `${path}.js`, `${path}/index.ts`, path.replace(/\.js$/, ".ts")].find((name) => codeFiles.has(name));
  const graph = new Map<string, string[]>();
  for (const { file, target, value } of imports) {
    const to = target === undefined || !value ? undefined : resolved(target);
    if (to !== undefined) graph.set(file, [...(graph.get(file) ?? []), to]);
  }
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file) ?? 0);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) found.push(group);
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}
