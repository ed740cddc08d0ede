/** Texts that something could take for more than a text, and a file that has them in every key. */
import fc from "fast-check";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfigurationSync, renderFindings, type Configuration } from "../../packages/configuration";
import type { BitbucketProduct } from "../../packages/domain";
import { filled, type Choice, type NextText, type TextPath } from "./file-of-texts";

/** Each of these would be evaluated, resolved, or cut if something took it for more than a text. */
export const HOSTILE_TEXTS = [
  '${file("/etc/hostname")}',
  "%{ if true }a%{ endif }",
  "$${a}",
  "$$${a}",
  "%%{ for x in y }",
  '$${"$"}{a}',
  "${TfToken[TOKEN.0]}",
  "#{TfToken[TOKEN.1]}",
  "&{TfToken[TOKEN.2]}",
  "${bitlift_space.space-s0_00000000.id}",
  "${",
  "%{",
  "a$",
  '"q" \\" \\n \\u0041 \\',
  "'é 😀 \u05d0 \u3042'",
  "\uFDD0{\uFDD1$\uFDD0",
  "<<EOT",
  "-1.8881545897087503e+289",
  "</script> <!-- `~${x}",
] as const;

const PIECES = [
  "$",
  "%",
  "#",
  "{",
  "}",
  "${",
  "%{",
  "$${",
  "~",
  '"',
  "\\",
  "\\n",
  "TfToken[TOKEN.0]",
  'file("/etc/hostname")',
  "a",
  " ",
  "é",
  "😀",
  "\uFDD0",
  "\uFDD1",
];

/** A line of pieces that a template, a token or an escape sequence could consist of. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 10 })
  .map((pieces) => pieces.join("").trim())
  .filter((text) => text !== "");

/** What a key accepts that is a text of some form. */
const FORMS: Readonly<Record<TextPath, (text: string) => string>> = {
  "servers.*.url": address,
  "integrations.*.datacenter.apiHost": address,
  "integrations.*.datacenter.userFacingHost": address,
  "bitbucketCloud.email": email,
  "integrations.*.cloud.email": email,
  "servers.*.username": (text) => text.replaceAll(":", ""),
  "integrations.*.cloud.username": (text) => text.replaceAll(":", ""),
  "integrations.*.datacenter.username": (text) => text.replaceAll(":", ""),
  // The filter language of Bitbucket Cloud has quotes of its own.
  "integrations.*.repositories.[].query": (text) => `name ~ "${text.replaceAll(/["\\]/g, "")}"`,
  "integrations.*.repositories.[].additionalEvents.[]": word,
  "defaults.webhook.additionalEvents.cloud.[]": word,
  "defaults.webhook.additionalEvents.datacenter.[]": word,
  "spaces.*.description": paragraph,
  "integrations.*.description": paragraph,
  "integrations.*.secretRotation": paragraph,
  "defaults.integration.secretRotation": paragraph,
};

function address(text: string): string {
  return `https://bitbucket.acme.example/${text.replaceAll(/[\s?#@]/g, "")}`;
}

function email(text: string): string {
  return `${text.replaceAll(/[\s:@]/g, "")}@acme.example`;
}

function word(text: string): string {
  return text.replaceAll(/\s/g, "");
}

function paragraph(text: string): string {
  return `${text}\n\t\nEOF\n${text}\r\n`;
}

export interface WrittenText {
  readonly path: TextPath;
  readonly text: string;
}

/** Gives every key the next of the texts, with a mark by which it is found again. An ID made of the text has it in lower case. */
export class MarkedTexts {
  /** By mark. */
  readonly written = new Map<string, WrittenText>();
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** @param first Which of the texts comes first. */
  startingAt(first: number): NextText {
    let index = first;
    return (path) => {
      const mark = `Mark${this.written.size}End`;
      const plain = this.#texts[index++ % this.#texts.length] ?? "";
      const text = (FORMS[path] ?? String)(`${plain}${mark}`);
      this.written.set(mark, { path, text });
      return text;
    };
  }
}

const TOKEN = { env: "PAYMENTS_BITBUCKET_TOKEN" };

/** JSON is YAML. */
export interface HostileFiles {
  readonly "bitlift.yaml": string;
  readonly "teams/team.yaml": string;
}

/** `<workspace or project>/<repository>` of repositories that exist, for each product. */
export type NamedRepositories = Readonly<Record<BitbucketProduct, string>>;

export interface HostileContent {
  /** How often each entry appears. */
  readonly count: number;
  /** Undefined for integrations without webhooks. */
  readonly repositories: NamedRepositories | undefined;
  /** Whether the file has the login that manages webhooks. With a login that is a text of this kind, no webhook can be planned. */
  readonly login: boolean;
}

/** The files of a configuration in which every key has a text. */
export function hostileFiles(marked: MarkedTexts, { count, repositories, login }: HostileContent): HostileFiles {
  const copies = Array.from({ length: count }, (_, index) => ({ index, text: marked.startingAt(index) }));
  const entries = (of: (text: NextText, index: number) => Readonly<Record<string, unknown>>) =>
    Object.assign({}, ...copies.map(({ text, index }) => of(text, index))) as unknown;
  const first = marked.startingAt(0);
  const main = filled("", first, {
    without: [...(login ? [] : ["bitbucketCloud"]), ...(repositories === undefined ? ["defaults"] : [])],
    values: {
      "bitbucketCloud.token": TOKEN,
      accept: copies.map(({ text, index }) => filled("accept.[]", text, { values: { finding: `webhook-deleted:a${index}` } })),
      servers: entries(serversWith),
      spaces: entries(spacesWith),
      integrations: {},
    },
  });
  const integrations = entries((text, index) => integrationsWith(text, index, repositories));
  return { "bitlift.yaml": JSON.stringify(main), "teams/team.yaml": JSON.stringify({ integrations }) };
}

/** Writes the files, and returns the configuration that they contain. @throws if a rule refuses a text */
export function readHostileFiles(folder: string, files: HostileFiles): Configuration {
  mkdirSync(join(folder, "teams"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text as string);
  const { configuration, findings } = readConfigurationSync(join(folder, "bitlift.yaml"));
  if (configuration === undefined) throw new Error(renderFindings(findings, "text"));
  return configuration;
}

function serversWith(text: NextText, index: number): Readonly<Record<string, unknown>> {
  return {
    [`token${index}`]: filled("servers.*", text, { without: ["username", "password"], values: { token: TOKEN } }),
    [`password${index}`]: filled("servers.*", text, { without: ["token"], values: { password: TOKEN } }),
  };
}

function spacesWith(text: NextText, index: number): Readonly<Record<string, unknown>> {
  return {
    [`new${index}`]: filled("spaces.*", text, { without: ["existing"] }),
    [`id${index}`]: { existing: filled("spaces.*.existing", text, { without: ["name", "parent"] }) },
    [`name${index}`]: { existing: filled("spaces.*.existing", text, { without: ["id"] }) },
  };
}

function integrationsWith(text: NextText, index: number, repositories: NamedRepositories | undefined): Readonly<Record<string, unknown>> {
  const entry = (choice: Choice) => filled("integrations.*", text, choice);
  const cloud = { repositories: webhooksWith(text, repositories?.cloud, []) };
  const datacenter = { repositories: webhooksWith(text, repositories?.datacenter, ["project"]) };
  return {
    [`cloud${index}`]: entry({
      without: ["datacenter", "existing", "default", "cloud.username", "cloud.appPassword"],
      values: { "cloud.token": TOKEN, ...cloud },
    }),
    [`app${index}`]: entry({
      without: ["datacenter", "existing", "default", "cloud.email", "cloud.token"],
      values: { "cloud.appPassword": TOKEN },
    }),
    [`server${index}`]: entry({ without: ["cloud", "existing", "default"], values: { "datacenter.token": TOKEN, ...datacenter } }),
    [`id${index}`]: { cloud: {}, existing: filled("integrations.*.existing", text, { without: ["name", "default"] }) },
    [`name${index}`]: { datacenter: {}, existing: filled("integrations.*.existing", text, { without: ["id", "default"] }) },
    // The defaults are texts too, and apply to these.
    [`default${index}`]: {
      cloud: { email: "code@acme.example", token: TOKEN },
      name: `Defaults ${index}`,
      space: `name${index}`,
      repositories: repositories === undefined ? [] : [repositories.cloud],
    },
    [`plain${index}`]: {
      datacenter: { username: "bot", token: TOKEN, apiHost: "https://bitbucket.acme.example" },
      name: `Defaults ${index}`,
      space: `id${index}`,
      repositories: repositories === undefined ? [] : [repositories.datacenter],
    },
  };
}

function webhooksWith(text: NextText, repository: string | undefined, without: readonly string[]): readonly unknown[] {
  return repository === undefined ? [] : [webhook(text, repository), ...sets(text, repository, without)];
}

function webhook(text: NextText, repository: string): unknown {
  return filled("integrations.*.repositories.[]", text, { form: "repository", values: { repository } });
}

/** A set that selects nothing, and one that selects a repository, which gets the texts of its webhook. */
function sets(text: NextText, repository: string, without: readonly string[]): readonly unknown[] {
  const [every] = repository.split("/");
  const entry = (choice: Choice) => filled("integrations.*.repositories.[]", text, { ...choice, form: "repositorySet" });
  const shared = { every, previously: ["old"] };
  return [
    entry({ without: ["key", "role", "except", "title", "additionalEvents", ...without], values: shared }),
    entry({ without: ["project", "query", "role", "except"], values: { ...shared, key: "all", match: ["networking"], previously: [] } }),
  ];
}

/** Keys that the engine does not see. */
export const NOT_FOR_THE_ENGINE: readonly TextPath[] = ["accept.[].note"];

/** Every text and key in a value that has marks, by mark. */
export function textsWithMarks(value: unknown, found = new Map<string, string[]>()): ReadonlyMap<string, readonly string[]> {
  if (typeof value === "string") {
    for (const [mark] of value.matchAll(/Mark\d+End/g)) found.set(mark, [...(found.get(mark) ?? []), value]);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      textsWithMarks(key, found);
      textsWithMarks(item, found);
    }
  }
  return found;
}
