/** Which logins each resource and data source uses, and what a plan, a read and an apply do without them. */
import type { Diagnostic } from "../../diagnostics";
import { problem } from "../../domain";
import { UNKNOWN, type AnyResource } from "../../terraform-plugin";
import type { Clients, Configuration } from "../configuration/clients";
import { dataSources } from "../data-sources";
import { resourceWithLogins } from "../required-logins";
import { resources } from "../resources";
import { createClients } from "./created-clients";

const SPACELIFT = {
  SPACELIFT_API_KEY_ENDPOINT: "https://acme.app.spacelift.io",
  SPACELIFT_API_KEY_ID: "01",
  SPACELIFT_API_KEY_SECRET: "s",
};

it("is declared for every resource and data source", () => {
  const loginsOf = (list: readonly { readonly type: string; readonly logins: readonly string[] }[]) =>
    Object.fromEntries(list.map(({ type, logins }) => [type, logins]));
  expect(loginsOf(resources)).toEqual({
    space: ["spacelift"],
    bitbucket_cloud_integration: ["spacelift"],
    bitbucket_cloud_webhook: ["spacelift", "bitbucket_cloud"],
    bitbucket_datacenter_integration: ["spacelift"],
    bitbucket_datacenter_webhook: ["spacelift", "bitbucket_datacenter"],
  });
  expect(loginsOf(dataSources)).toEqual({
    space: ["spacelift"],
    bitbucket_cloud_integration: ["spacelift"],
    bitbucket_cloud_repositories: ["bitbucket_cloud"],
    bitbucket_datacenter_integration: ["spacelift"],
    bitbucket_datacenter_repositories: ["bitbucket_datacenter"],
    integration_usage: ["spacelift"],
  });
});

/** A resource that records which of its operations ran. */
function createResource(plan: () => void = () => undefined) {
  const calls: string[] = [];
  const record = (operation: string) => () => {
    calls.push(operation);
    return Promise.resolve({});
  };
  const declaration = {
    type: "any",
    plan: () => (calls.push("plan"), plan()),
    planDelete: () => void calls.push("planDelete"),
    create: record("create"),
    update: record("update"),
    delete: record("delete"),
    read: record("read"),
  } as unknown as AnyResource<Clients>;
  return { calls, resource: resourceWithLogins(declaration, ["spacelift", "bitbucket_cloud"]) };
}

type Operation = "plan" | "planDelete" | "create" | "update" | "delete";

async function run(resource: AnyResource<Clients>, operation: Operation, api: Clients, applying = false): Promise<readonly Diagnostic[]> {
  const reported: Diagnostic[] = [];
  const context = { api, applying, report: { add: (diagnostic: Diagnostic) => void reported.push(diagnostic) } };
  await resource[operation]?.(context as never);
  return reported;
}

it.each(["plan", "planDelete"] as const)("makes a %s without the logins an error for each of them, once per process", async (operation) => {
  const { calls, resource } = createResource();
  const api = createClients({});
  const reported = await run(resource, operation, api);
  expect(reported.map(({ code, severity, at }) => [code, severity, at])).toEqual([
    ["spacelift-not-configured", "error", []],
    ["bitbucket-cloud-not-configured", "error", []],
  ]);
  expect(await run(resource, operation, api)).toEqual([]);
  expect(calls).toEqual([]);
});

it.each(["create", "update", "delete"] as const)("stops a %s without one of the logins before anything happens", async (operation) => {
  const { calls, resource } = createResource();
  await expect(run(resource, operation, createClients({ environment: SPACELIFT }))).rejects.toMatchObject({
    diagnostic: { code: "bitbucket-cloud-not-configured" },
  });
  expect(calls).toEqual([]);
});

it("plans with the logins, and with a login that is not known yet", async () => {
  const environment = { ...SPACELIFT, BITBUCKET_ACCESS_TOKEN: "t" };
  for (const changes of [{ environment }, { environment: SPACELIFT, bitbucketCloud: UNKNOWN }] satisfies Partial<Configuration>[]) {
    const { calls, resource } = createResource();
    expect(await run(resource, "plan", createClients(changes))).toEqual([]);
    expect(calls).toEqual(["plan"]);
  }
});

it("does not fail a plan whose lookup needs a login that is not known yet, but fails for any other reason", async () => {
  const api = createClients({ spacelift: UNKNOWN, bitbucketCloud: UNKNOWN });
  const lookUp = () => {
    expect(api.spacelift).toBeDefined();
  };
  expect(await run(createResource(lookUp).resource, "plan", api)).toEqual([]);
  const fail = () => {
    throw problem("space-not-found", { why: "", fix: "" });
  };
  await expect(run(createResource(fail).resource, "plan", api)).rejects.toMatchObject({ diagnostic: { code: "space-not-found" } });
});

it("leaves the error to the operation while the engine applies: an error of a plan would leave a deposed object", async () => {
  const { calls, resource } = createResource();
  const api = createClients({});
  await expect(run(resource, "create", api)).rejects.toMatchObject({ diagnostic: { code: "spacelift-not-configured" } });
  expect(await run(resource, "plan", api, true)).toEqual([]);
  expect(calls).toEqual(["plan"]);
});

it("makes the read of a data source without its login an error", async () => {
  for (const dataSource of dataSources) {
    const message = { diagnostic: { code: `${(dataSource.logins[0] ?? "").replace("_", "-")}-not-configured` } };
    await expect((async () => dataSource.read({ api: createClients({}) } as never))()).rejects.toMatchObject(message);
  }
});
