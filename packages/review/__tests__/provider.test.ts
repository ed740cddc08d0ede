/** The review reads names that the provider declares and texts that it writes; it must not import the provider, so this test compares them. */
import { CATALOG, PUBLISHED_TYPES } from "../../domain";
import { bitlift } from "../../provider";
import { shownName } from "../plan/published-attributes";
import { RESOURCE_TYPES } from "../../configuration";
import { affectedInText } from "../rules/consumers-in-text";
import { credentialArguments } from "../rules/credential-changed";
import { EXPLAINED_CODES } from "../rules/message-codes";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const attributesOf = (type: string): readonly string[] =>
  Object.keys(bitlift.resources.find((resource) => `bitlift_${resource.type}` === type)?.attributes ?? {});

it("the types are those of the provider, and no others exist", () => {
  const { space, integration, webhook } = RESOURCE_TYPES;
  const known = [space, ...Object.values(integration), ...Object.values(webhook)].sort();
  expect(known).toEqual(bitlift.resources.map(({ type }) => `bitlift_${type}`).sort());
});

it("every attribute that a rule names is one of the provider", () => {
  const declared = new Set(bitlift.resources.flatMap(({ type }) => attributesOf(`bitlift_${type}`)));
  const folders = ["rules", "plan", "."].map((folder) => join(__dirname, "..", folder));
  const texts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(folder, name), "utf8")),
  );
  const named = texts.flatMap((text) =>
    [...text.matchAll(/(?:(?:textOf|flagOf|textsOf|becomes|referredId)\([^"()]*?, |(?:changed|unknown)\.has\()"([a-z_]+)"/g)].map(
      ([, name = ""]) => name,
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  const declaredByOthers = new Set(Object.values(publishedSchemas()).flatMap(attributeNames));
  expect([...new Set(named)].filter((name) => !declared.has(name) && !declaredByOthers.has(name))).toEqual([]);
});

const SCHEMAS = resolve(__dirname, "../../../tools/generate/published-schemas");

/** By type. */
function publishedSchemas(): Readonly<Record<string, unknown>> {
  const documents = readdirSync(SCHEMAS).map((name) => JSON.parse(readFileSync(join(SCHEMAS, name), "utf8")) as Document);
  return Object.assign({}, ...documents.map(({ resource_schemas: resources }) => resources)) as Readonly<Record<string, unknown>>;
}

interface Document {
  readonly resource_schemas: object;
}

/** At any depth. */
function attributeNames(schema: unknown): readonly string[] {
  return [...JSON.stringify(schema).matchAll(/"([a-z_]+)":\{/g)].map(([, name = ""]) => name);
}

it.each(Object.entries(PUBLISHED_TYPES))("each attribute of %s that people see is one of the published type too", (own, { type }) => {
  const schemas = publishedSchemas();
  const names = attributeNames(schemas[type]);
  const known = attributesOf(own).map((name) => shownName(type, name));
  const onlyOwn = known.filter((name) => !names.includes(name));
  expect(onlyOwn.filter((name) => !ONLY_OWN.has(name))).toEqual([]);
});

/** What only Bitlift's own provider has, or what names a thing in another way there. */
const ONLY_OWN: ReadonlySet<string> = new Set([
  "integration_id",
  "additional_events",
  "adopt_existing",
  "verify_certificate",
  "detach_protection",
  "webhook_secret_rotation",
  "access_token_env",
]);

it.each(["cloud", "datacenter"] as const)("the arguments of a credential on %s are those of the provider", (product) => {
  const attributes = attributesOf(RESOURCE_TYPES.integration[product]);
  expect(credentialArguments(product).filter((name) => !attributes.includes(name))).toEqual([]);
});

it("the codes of warnings are those of the provider", () => {
  expect([...EXPLAINED_CODES].filter((code) => !(code in CATALOG.summaries))).toEqual([]);
});

/** The templates of `packages/provider/integration/consumers.ts`, which the first test of these compares. */
const TEMPLATES = [
  '`${consumer.kind} "${consumer.name}" (${consumer.id})`',
  "`${named}, and ${more} more`",
  "` The list is incomplete: ",
  "` It is not known whether ",
];

it("the provider writes consumers and caveats in this form", () => {
  const source = readFileSync(join(__dirname, "../../provider/integration/consumers.ts"), "utf8");
  expect(TEMPLATES.filter((template) => !source.includes(template))).toEqual([]);
});

it.each([
  [1, ""],
  [2, " It is not known whether API key 01 can see all of them."],
  [20, ' The list is incomplete: API key 01 cannot see Space "root".'],
  [23, ""],
])("finds %i consumers in the text of a warning, with names of any form", (number, caveat) => {
  const consumers = Array.from({ length: Math.min(number, 20) }, (_, index) => ({
    kind: index % 2 === 0 ? "stack" : "module",
    id: `id-${index}`,
    name: `Name "quoted" (${index}), and more`,
  }));
  const named = consumers.map(({ kind, name, id }) => `${kind} "${name}" (${id})`).join(", ");
  const list = number > 20 ? `${named}, and ${number - 20} more` : named;
  const text = `Deleting the integration "Payments" (payments) detaches ${list}. Without an integration, a consumer receives no webhooks and starts no runs.${caveat}`;
  const found = affectedInText(text);
  expect(found.consumers.map(({ kind, id, name }) => ({ kind, id, name }))).toEqual(consumers);
  expect([found.unnamed, found.caveat]).toEqual([Math.max(0, number - 20), caveat === "" ? undefined : caveat.trim()]);
});

it("a text that names nobody is the caveat", () => {
  expect(affectedInText("Could not read which stacks and modules use it: timeout")).toMatchObject({
    consumers: [],
    caveat: "Could not read which stacks and modules use it: timeout",
  });
});
