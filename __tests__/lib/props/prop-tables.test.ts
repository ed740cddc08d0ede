/** Every prop of every construct, and every argument of every public method, is checked when the app runs. */
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import * as ts from "typescript";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  CloudRepository,
  Credential,
  NamespaceWebhooks,
  RepositoryWebhook,
  Space,
} from "../../../lib";
import * as tables from "../../../lib/props/prop-tables";
import { program, publicClasses, type PublicClass } from "../public-interface";
import { CREDENTIAL, SERVER, stackWith, validationMessageOf } from "../synthesis";

/** A value that an untyped program can pass. */
const untyped = (value: unknown): never => value as never;

const cloud = (stack: TerraformStack) => new BitbucketCloudIntegration(stack, "cloud", { name: "Cloud", credential: CREDENTIAL });

/** Builds a construct whose ID is `id`, or calls a method of it. */
type Build = (stack: TerraformStack, id: string, props: never) => unknown;

/** Per table, what receives the props, and the props that it requires. */
const RECEIVERS: Readonly<Record<keyof typeof tables, readonly [valid: object, build: Build]>> = {
  PROVIDER_PROPS: [{}, (stack, id, props: object) => new BitliftProvider(stack, id, { alias: id, ...props })],
  SPACE_PROPS: [{ name: "s" }, (stack, id, props) => new Space(stack, id, props)],
  CLOUD_INTEGRATION_PROPS: [{ name: "i", credential: CREDENTIAL }, (stack, id, props) => new BitbucketCloudIntegration(stack, id, props)],
  DATACENTER_INTEGRATION_PROPS: [{ name: "i", ...SERVER }, (stack, id, props) => new BitbucketDatacenterIntegration(stack, id, props)],
  EXISTING_INTEGRATION_OPTIONS: [{}, (stack, id, options) => BitbucketCloudIntegration.fromDefault(stack, id, options)],
  VARIABLE_CREDENTIAL_OPTIONS: [{}, (stack, id, options) => Credential.fromVariable(stack, id, options)],
  ADD_REPOSITORY_OPTIONS: [{}, (stack, id, options) => existing(stack, id).addRepository("acme/a", options)],
  ADD_REPOSITORIES_OPTIONS: [{}, (stack, id, options) => existing(stack, id).addRepositories(["acme/a"], options)],
  ADD_REPOSITORIES_OF_OPTIONS: [{}, (stack, id, options) => existing(stack, id).addRepositoriesOf("acme", options)],
  STACK_SOURCE_OPTIONS: [{ repository: "acme/a" }, (stack, id, options) => existing(stack, id).stackSource(options)],
  WEBHOOK_PROPS: [
    { repository: CloudRepository.parse("acme/a") },
    (stack, id, props: object) => new RepositoryWebhook(stack, id, untyped({ integration: shared(stack), ...props })),
  ],
  NAMESPACE_WEBHOOKS_PROPS: [
    { namespace: "acme" },
    (stack, id, props: object) => new NamespaceWebhooks(stack, id, untyped({ integration: shared(stack), ...props })),
  ],
};

const existing = (stack: TerraformStack, id: string) => BitbucketCloudIntegration.fromDefault(stack, id);
const shared = (stack: TerraformStack) => stack.node.tryFindChild("cloud") ?? cloud(stack);

/** Values that no prop accepts. */
const WRONG_VALUES: readonly unknown[] = [null, 0.5, [undefined], () => undefined, new Date(0), Symbol("s"), CloudRepository];

it.each(Object.keys(tables) as (keyof typeof tables)[])("%s: every prop rejects values of wrong types, all at once", (name) => {
  const [valid, build] = RECEIVERS[name];
  const cases = Object.keys(tables[name]).flatMap((prop) => WRONG_VALUES.map((value, index) => ({ prop, value, id: `${prop}-${index}` })));
  const stack = stackWith((scope) => cases.forEach(({ prop, value, id }) => build(scope, id, untyped({ ...valid, [prop]: value }))));
  const findings = validationMessageOf(stack) ?? "";
  const silent = cases.filter(({ prop, id }) => !new RegExp(`bitbucket/${id}(/\\S+)?: Error[^]*?\\b${prop}\\b`).test(findings));
  expect(silent.map(({ prop, value }) => [prop, value])).toEqual([]);
  expect(() => stack.toTerraform()).not.toThrow();
});

it.each(Object.keys(tables) as (keyof typeof tables)[])("%s: rejects an unknown prop, and props that are not an object", (name) => {
  const [valid, build] = RECEIVERS[name];
  const given: readonly unknown[] = [{ ...valid, unheardOf: 1 }, null, "text", [valid], Space.ROOT];
  const stack = stackWith((scope) =>
    given.forEach((props, index) => (name === "PROVIDER_PROPS" && index > 0 ? undefined : build(scope, `given-${index}`, untyped(props)))),
  );
  const findings = validationMessageOf(stack) ?? "";
  expect(findings).toMatch(/[Tt]here is no prop unheardOf/);
  if (name === "PROVIDER_PROPS" || name === "WEBHOOK_PROPS" || name === "NAMESPACE_WEBHOOKS_PROPS") return;
  for (const value of ["null", 'the text "text"', "an array", "a Space"]) expect(findings).toContain(`he props are ${value}`);
});

/** The arguments of the public methods, other than options: what happens to a wrong one is in wrong-values.test.ts. */
const ARGUMENTS = [
  "BitbucketCloudIntegration.fromDefault(scope, id)",
  "BitbucketCloudIntegration.fromIntegrationId(scope, id, integrationId)",
  "BitbucketCloudIntegration.fromIntegrationName(scope, id, name)",
  "BitbucketDatacenterIntegration.fromDefault(scope, id)",
  "BitbucketDatacenterIntegration.fromIntegrationId(scope, id, integrationId)",
  "BitbucketDatacenterIntegration.fromIntegrationName(scope, id, name)",
  "BitbucketIntegrationBase.addRepositories(repositories)",
  "BitbucketIntegrationBase.addRepositoriesOf(namespace)",
  "BitbucketIntegrationBase.addRepository(repository)",
  "BitbucketIntegrationBase.isAvailableTo(space)",
  "CloudRepository.of(workspace, repository)",
  "CloudRepository.parse(text)",
  "Credential.fromEnvironment(variable)",
  "Credential.fromVariable(scope, id)",
  "DatacenterRepository.of(project, repository)",
  "DatacenterRepository.parse(text)",
  "DeclaredIntegration.importFrom(integrationId)",
  "DeclaredIntegration.moveFrom(address)",
  "NamespaceWebhooks.covers(repository)",
  "NamespaceWebhooks.integrationIdFor(slug)",
  "NamespaceWebhooks.moveFrom(address)",
  "RepositoryWebhook.importFrom(importId)",
  "RepositoryWebhook.moveFrom(address)",
  "Space.fromSpaceId(spaceId)",
  "Space.importFrom(spaceId)",
  "Space.moveFrom(address)",
  "WebhookEvent.custom(key)",
];

describe("the public interface", () => {
  const classes = publicClasses();
  const checker = program().getTypeChecker();
  /** The names of the props in the type argument of each `PropTable<…>`. */
  const checked = new Map(declaredTables(checker).map(({ props, names }) => [props, names]));

  it("has a table for the props and options of every constructor and method", () => {
    const parameters = classes.flatMap(({ methods }) => methods).flatMap(({ options }) => options);
    // Props is the type parameter of DeclaredIntegration, whose constructor receives the table. The others are arguments of Spacelift's own provider.
    const exceptions = ["Props", "SpaceliftModuleProps", "SpaceliftStackProps"];
    expect(parameters.filter((name) => !exceptions.includes(name) && !checked.has(name))).toEqual([]);
    expect(parameters.length).toBeGreaterThan(12);
  });

  it("has a run-time check for every prop in the types", () => {
    for (const { table, names } of declaredTables(checker)) {
      if (table in tables) expect([table, Object.keys(tables[table as keyof typeof tables]).sort()]).toEqual([table, names]);
    }
  });

  it("has no other arguments than those that wrong-values.test.ts checks", () => {
    const signature = ({ name, methods }: PublicClass) =>
      methods.filter(({ parameters }) => parameters.length > 0).map((method) => `${name}.${method.name}(${method.parameters.join(", ")})`);
    expect(
      classes
        .flatMap(signature)
        .filter((text) => !text.includes(".constructor("))
        .sort(),
    ).toEqual(ARGUMENTS);
  });
});

/** The tables in prop-tables.ts: the name of each, the name of its type argument, and the props of that type. */
function declaredTables(checker: ts.TypeChecker) {
  const source = program().getSourceFile(join(__dirname, "../../../lib/props/prop-tables.ts"));
  const statements: readonly ts.Statement[] = source?.statements ?? [];
  const declarations = statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]);
  return declarations.flatMap(({ name, type }) => {
    const argument = type !== undefined && ts.isTypeReferenceNode(type) ? type.typeArguments?.[0] : undefined;
    if (argument === undefined) return [];
    const resolved = checker.getTypeFromTypeNode(argument);
    const members = resolved.isUnion() ? resolved.types : [resolved];
    const names = [...new Set(members.flatMap((member) => member.getProperties().map((property) => property.name)))].sort();
    return [{ table: name.getText(), props: argument.getText(), names }];
  });
}
