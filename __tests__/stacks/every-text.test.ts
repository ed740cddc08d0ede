/** Every text of the file is data, in whatever key it is, whether it is in the main file or in an included one. */
import fc from "fast-check";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfigurationSync, type Configuration } from "../../packages/configuration";
import { BOUND_TEXTS, textPaths, SECRET_SOURCE } from "./file-of-texts";
import {
  HOSTILE_TEXTS,
  hostileFiles,
  hostileText,
  MarkedTexts,
  NOT_FOR_THE_ENGINE,
  readHostileFiles,
  textsWithMarks,
} from "./hostile-texts";
import { synthesizeFile } from "./synthesized-part";

const EVERYTHING = { repositories: { cloud: "acme-workspace/infrastructure", datacenter: "PLAT/infrastructure" }, login: true };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "texts-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (marked: MarkedTexts, count: number) => readHostileFiles(folder, hostileFiles(marked, { count, ...EVERYTHING }));

/** What the engine reads in a text of a JSON file: `$${` stands for `${`. @throws if it would evaluate a part of it */
function asEngineReads(text: string): string {
  const data = text.replaceAll(/\$\$\{|%%\{/g, "_");
  if (/[$%]\{/.test(data)) throw new Error(`The engine would evaluate ${text}.`);
  return text.replaceAll(/([$%])\1\{/g, "$1{");
}

function expectTextsOf(marked: MarkedTexts, configuration: Configuration): void {
  const found = textsWithMarks(synthesizeFile(configuration));
  for (const [mark, { path, text }] of marked.written) {
    if (NOT_FOR_THE_ENGINE.includes(path)) continue;
    const texts = (found.get(mark) ?? []).map(asEngineReads);
    expect([path, [...new Set(texts)]]).toEqual([path, [text]]);
  }
}

it("is written for the engine such that it reads what the file says", () => {
  const marked = new MarkedTexts(HOSTILE_TEXTS);
  expectTextsOf(marked, read(marked, HOSTILE_TEXTS.length));
});

it("is written so for any text", () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 4, maxLength: 4 }), (texts) => {
      const marked = new MarkedTexts(texts);
      expectTextsOf(marked, read(marked, texts.length));
    }),
    { numRuns: 8 },
  );
});

describe("the keys of the model", () => {
  const free = () => {
    const marked = new MarkedTexts(["a"]);
    hostileFiles(marked, { count: 1, ...EVERYTHING });
    return new Set([...marked.written.values()].map(({ path }) => path));
  };
  const isBelow = (path: string, other: string) => path === other || path.startsWith(`${other}.`);

  it("are all tried, or the table says why no text fits", () => {
    const tried = free();
    const bound = Object.keys(BOUND_TEXTS);
    // An item of `repositories` that is a text names a repository.
    const untried = textPaths().filter(
      (path) => !tried.has(path) && !SECRET_SOURCE.test(path) && !bound.some((other) => isBelow(path, other)),
    );
    expect(untried).toEqual([]);
    expect(bound.filter((path) => tried.has(path))).toEqual([]);
  });

  it.each(refusable())("%s refuses a template, because of its form", (path) => {
    for (const text of ["${x}", "%{x}", '${file("/etc/hostname")}']) {
      const { "bitlift.yaml": main, "teams/team.yaml": team } = hostileFiles(new MarkedTexts(["a"]), { count: 1, ...EVERYTHING });
      const whole = { ...(JSON.parse(main) as object), ...(JSON.parse(team) as object), include: undefined };
      writeFileSync(join(folder, "one.yaml"), JSON.stringify(withText(whole, path.split("."), text)));
      const { findings } = readConfigurationSync(join(folder, "one.yaml"));
      const messages = findings.filter(({ severity }) => severity === "error").map(({ message }) => message);
      // A message never repeats what may be a secret.
      expect(messages).toContainEqual(expect.stringContaining(refusalOf(path, text)));
    }
  });

  it.each(["spaces", "integrations", "servers"])("of the file's own, under %s, refuse a template", (name) => {
    writeFileSync(join(folder, "one.yaml"), JSON.stringify({ version: 1, [name]: { "${x}": {} } }));
    expect(readConfigurationSync(join(folder, "one.yaml")).findings).toMatchObject([{ severity: "error", code: "value-not-allowed" }]);
  });
});

function refusalOf(path: string, text: string): string {
  if (path.endsWith(".version")) return "is not a version";
  return SECRET_SOURCE.test(path) ? "does not look like the name of a variable" : JSON.stringify(text).slice(0, 5);
}

/** Texts that are bound and that the engine would read. */
function refusable(): readonly string[] {
  const NOT_REFUSED = ["include", "servers.*.caCertificate", "spaces.*.spaces", "integrations.*.repositories", "version", "state"];
  return textPaths().filter(
    (path) => (path in BOUND_TEXTS && !NOT_REFUSED.includes(path)) || SECRET_SOURCE.test(path) || path.startsWith("parts"),
  );
}

/** The value with the text at the path, in every entry. */
function withText(value: unknown, [part, ...rest]: readonly string[], text: string): unknown {
  if (part === undefined) return text;
  if (part === "[]") return (Array.isArray(value) && value.length > 0 ? value : [undefined]).map((item) => withText(item, rest, text));
  const map = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  if (part === "*") return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, withText(item, rest, text)]));
  // A secret has one source.
  const base = part === "variable" ? {} : map;
  return { ...base, [part]: withText(map[part], rest, text) };
}
