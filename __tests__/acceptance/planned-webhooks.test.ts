/** The plan says what the apply of a webhook will find in Bitbucket: webhooks to adopt, missing repositories, double deliveries. */
import { codeOf, integrationReferences, PRODUCTS, repositoryFields, type EngineRun, type Harness, type Product } from "../../tools/harness";
import { configurationWithoutWebhooks, type Resources } from "./configuration";
import { errorCodes, errors, textAt, textOf, warningCodes } from "./diagnostics";
import { addWebhook, changeRepository, readIntegration } from "./outside-changes";
import { scenario } from "./scenario";

/** Deploys the integration, and returns a configuration that adds webhooks, and the URL. */
async function deployIntegration({ folder, remote }: Harness, product: Product) {
  await folder.deploy(configurationWithoutWebhooks(product));
  const { webhookUrl: url } = await readIntegration(remote, product, "payments");
  return { url, declare: (webhooks: Record<string, object>) => declareWebhooks(product, webhooks) };
}

/** Each webhook has the default arguments, in the repository "infrastructure", with these changes. */
function declareWebhooks(product: Product, webhooks: Record<string, object>): { readonly resource: Resources } {
  const { resource } = configurationWithoutWebhooks(product);
  const declared = Object.entries(webhooks).map(([name, changes]) => [
    name,
    { ...repositoryFields(product, "infrastructure"), ...integrationReferences(product.INTEGRATION), ...changes },
  ]);
  return { resource: { ...resource, [product.webhook]: Object.fromEntries(declared) as Record<string, unknown> } };
}

/**
 * The warnings of an apply. If the engine does not announce an apply, the provider looks before the first change as it does for a plan, and the
 * apply repeats what the plan has said.
 */
const applyWarnings = ({ folder }: Harness, planned: EngineRun, ofApply: readonly string[]): readonly string[] =>
  folder.engine.announcesApply ? ofApply : [...webhookWarnings(planned), ...ofApply].sort();

const webhookWarnings = (run: EngineRun): readonly string[] => warningCodes(run).filter((code) => !code.startsWith("Resource"));

describe.each(PRODUCTS)("the plan of a webhook in $title", (product) => {
  const { WEBHOOK, events } = product;

  scenario("says what the adoption of an existing webhook changes, and the apply says it again", async (harness) => {
    const { folder, remote } = harness;
    const { url, declare } = await deployIntegration(harness, product);
    await addWebhook(remote, product, "infrastructure", {
      url,
      title: "Hand made",
      events: [events.push, events.other],
      secret: "by-hand",
    });
    const [{ id } = { id: "" }] = await remote.webhooks(product, "infrastructure");
    await folder.write(declare({ infrastructure: {} }));
    const planned = await folder.plan();
    expect(webhookWarnings(planned)).toEqual(["webhook-will-be-adopted"]);
    const announced = textOf(planned, "webhook-will-be-adopted");
    const gained = events.required.filter((event) => event !== events.push).sort();
    const changes =
      `Changes: removed events ${events.other}; added events ${gained.join(", ")}; title "Hand made" becomes "Spacelift (payments)"; ` +
      "secret replaced by that of the integration; switched on.";
    expect(announced).toContain(`"Hand made" ${id}`);
    expect(announced).toContain(changes);
    expect(announced).toContain(`To keep ${events.other}, declare it in additional_events.`);
    const applied = await folder.applyPlan(planned);
    expect([errors(applied), warningCodes(applied)]).toEqual([[], applyWarnings(harness, planned, ["webhook-adopted"])]);
    expect(textOf(applied, "webhook-adopted")).toContain(changes);
    expect((await folder.plan()).code).toBe(0);
  });

  scenario("names the webhook that makes the apply fail if adopt_existing is false", async (harness) => {
    const { folder, remote } = harness;
    const { url, declare } = await deployIntegration(harness, product);
    await addWebhook(remote, product, "infrastructure", { url, title: "Hand made" });
    await folder.write(declare({ infrastructure: { adopt_existing: false } }));
    const planned = await folder.plan();
    expect([planned.code, errors(planned), webhookWarnings(planned)]).toEqual([2, [], ["webhook-exists"]]);
    expect(textOf(planned, "webhook-exists")).toMatch(/"Hand made".*terraform import/s);
    expect(errorCodes(await folder.applyPlan(planned))).toEqual(["webhook-exists"]);
  });

  scenario("names duplicates of the URL", async (harness) => {
    const { folder, remote } = harness;
    const { url, declare } = await deployIntegration(harness, product);
    for (const title of ["First", "Second"]) await addWebhook(remote, product, "infrastructure", { url, title });
    await folder.write(declare({ infrastructure: {} }));
    const planned = await folder.plan();
    expect(webhookWarnings(planned)).toEqual(["webhook-duplicates", "webhook-will-be-adopted"]);
    expect(textOf(planned, "webhook-duplicates")).toContain('"Second"');
  });

  scenario("names a repository that does not exist, before its integration exists and afterwards", async ({ folder }) => {
    const configuration = declareWebhooks(product, { infrastructure: {}, misspelled: { repository: "infrastructrue" } });
    for (const step of ["before", "after"]) {
      await folder.write(configuration);
      const planned = await folder.plan();
      expect([step, planned.code, errors(planned), warningCodes(planned)]).toEqual([step, 2, [], ["repository-not-found"]]);
      expect(textAt(planned, `${product.webhook}.misspelled`)).toContain(`${product.namespace}/infrastructrue`);
      await folder.deploy(configurationWithoutWebhooks(product));
    }
  });

  scenario("names the webhook that an update to its URL will adopt, and the one that it deletes", async (harness) => {
    const { folder, remote } = harness;
    const { url, declare } = await deployIntegration(harness, product);
    await folder.deploy(declare({ infrastructure: { webhook_url: `${url}?first` } }));
    const own = String((await folder.state(WEBHOOK))?.[product.webhookIdAttribute]);
    await addWebhook(remote, product, "infrastructure", { url, title: "Hand made" });
    await folder.write(declare({ infrastructure: {} }));
    const planned = await folder.plan();
    expect(webhookWarnings(planned)).toEqual(["webhook-will-be-adopted"]);
    expect(textOf(planned, "webhook-will-be-adopted")).toContain(`The webhook ${own}, which this address has now, will be deleted.`);
    await folder.applyPlan(planned);
    expect((await remote.webhooks(product, "infrastructure")).filter((found) => found.url.startsWith(url))).toHaveLength(1);
  });

  scenario("is silent about a webhook whose address changes", async (harness) => {
    const { folder } = harness;
    const { declare } = await deployIntegration(harness, product);
    await folder.deploy(declare({ infrastructure: {} }));
    await folder.write(declare({ infra: {} }));
    for (const args of [[], ["-parallelism=1"]]) expect(webhookWarnings(await folder.plan(args))).toEqual([]);
  });

  scenario("reports a webhook that two addresses declare, also under another spelling of the repository", async (harness) => {
    const { folder, remote } = harness;
    const { declare } = await deployIntegration(harness, product);
    const upperCase = { repository: "INFRASTRUCTURE", [product.namespaceArgument]: product.namespace.toUpperCase() };
    await folder.write(declare({ infrastructure: {}, again: upperCase }));
    const planned = await folder.plan();
    expect([planned.code, webhookWarnings(planned)]).toEqual([2, ["webhook-declared-twice"]]);
    expect(textOf(planned, "webhook-declared-twice")).toContain("INFRASTRUCTURE");
    const applied = await folder.applyPlan(planned);
    expect([errors(applied), warningCodes(applied)]).toEqual([[], applyWarnings(harness, planned, ["webhook-declared-twice"])]);
    expect(await remote.webhooks(product, "infrastructure")).toHaveLength(1);
    expect(warningCodes(await folder.plan())).toEqual(["webhook-declared-twice"]);
    await folder.write(declare({ infrastructure: {} }));
    expect(warningCodes(await folder.plan(["-replace", WEBHOOK]))).not.toContain("webhook-declared-twice");
  });

  scenario("warns of a webhook of the whole workspace or project, and so does the apply", async (harness) => {
    const { folder, remote } = harness;
    const { url, declare } = await deployIntegration(harness, product);
    const [path, code] =
      product.name === "cloud"
        ? [`/workspaces/${product.namespace}/hooks`, "webhook-of-workspace"]
        : [`/projects/${product.namespace}/webhooks`, "webhook-of-project"];
    const body = product.webhookBody(undefined, { url, title: "Of all", active: true, events: [events.push] });
    await remote.bitbucket(product, "POST", path, body);
    await folder.write(declare({ infrastructure: {} }));
    const planned = await folder.plan();
    expect(webhookWarnings(planned)).toEqual([code]);
    expect(textOf(planned, code)).toContain('"Of all"');
    expect(warningCodes(await folder.applyPlan(planned))).toEqual(applyWarnings(harness, planned, [code]));
  });
});

/** Numbers of requests by operation, without logins and version checks. */
async function countLists({ remote }: Harness, product: Product): Promise<Record<string, number>> {
  const counted = new Map<string, number>();
  for (const { operation, path = "" } of await remote.requests(product.service))
    if (/\/(hooks|webhooks)/.test(path) && !path.startsWith("/_sandbox")) counted.set(operation, (counted.get(operation) ?? 0) + 1);
  await remote.clearRequests([product.service]);
  return Object.fromEntries(counted);
}

describe.each(PRODUCTS)("the requests of plans and applies in $title", (product) => {
  const { list, create } = product.operations;
  const REPOSITORIES = ["alpha", "beta", "gamma", "delta"];
  const ofWorkspace = product.name === "cloud" ? { listWorkspaceHooks: 1 } : {};

  async function prepare(harness: Harness) {
    const { declare } = await deployIntegration(harness, product);
    for (const repository of REPOSITORIES) await changeRepository(harness.remote, product, repository, "create");
    const webhooks = Object.fromEntries(REPOSITORIES.map((repository) => [repository, { repository }]));
    await harness.folder.write(declare(webhooks));
    await harness.remote.clearRequests([product.service]);
    return { declare, webhooks };
  }

  scenario("are one list per repository, which further webhooks and reads share", async (harness) => {
    const { folder } = harness;
    const { declare, webhooks } = await prepare(harness);
    await folder.plan();
    expect(await countLists(harness, product)).toEqual({ [list]: 4, ...ofWorkspace });
    const planned = await folder.plan();
    await countLists(harness, product);
    await folder.applyPlan(planned);
    const { [list]: lists = 0, ...ofApply } = await countLists(harness, product);
    expect(ofApply).toEqual({ [create]: 4, ...ofWorkspace });
    // If the engine does not announce an apply, the provider cannot tell the plans before the first change from those of a plan.
    expect([4, ...(folder.engine.announcesApply ? [] : [5, 6, 7, 8])]).toContain(lists);
    expect((await folder.plan()).code).toBe(0);
    expect(await countLists(harness, product)).toEqual({ [list]: 4 });
    const second = { second: { repository: "alpha", webhook_url: "https://hooks.example/second" } };
    await folder.write(declare({ ...webhooks, ...second }));
    expect((await folder.plan()).code).toBe(2);
    expect(await countLists(harness, product)).toEqual({ [list]: 4, ...ofWorkspace });
  });

  scenario("stay within look_before_create, and one warning says how many creates were not checked", async (harness) => {
    const { folder } = harness;
    await prepare(harness);
    const planned = await folder.plan([], { BITLIFT_LOOK_BEFORE_CREATE: "2" });
    expect([planned.code, webhookWarnings(planned)]).toEqual([2, ["creates-not-checked"]]);
    expect(textOf(planned, "creates-not-checked")).toContain("look_before_create allows 2 repositories per plan");
    expect(textOf(planned, "creates-not-checked")).toContain("at least 2 webhooks");
    const requested = (await harness.remote.requests(product.service, list)).map(
      ({ path = "" }) => /(alpha|beta|gamma|delta)/.exec(path)?.[1],
    );
    expect(requested.sort()).toEqual(["alpha", "beta"]);
    const none = await folder.plan([], { BITLIFT_LOOK_BEFORE_CREATE: "0" });
    expect(textOf(none, "creates-not-checked")).toContain("at least 4 webhooks");
    await countLists(harness, product);
    await folder.plan([], { BITLIFT_LOOK_BEFORE_CREATE: "0" });
    expect(await countLists(harness, product)).toEqual({});
    const serial = await folder.plan(["-parallelism=1"], { BITLIFT_LOOK_BEFORE_CREATE: "0" });
    expect(serial.diagnostics.filter((found) => codeOf(found) === "creates-not-checked")).toHaveLength(1);
  });

  scenario("that fail do not fail the plan", async (harness) => {
    const { folder, remote } = harness;
    await prepare(harness);
    await remote.control(product.service, "faults", { operation: list, kind: "status", status: 403, times: 4 });
    const planned = await folder.plan();
    expect([planned.code, errors(planned), webhookWarnings(planned)]).toEqual([2, [], ["webhooks-not-checked"]]);
    await remote.clearFaults([product.service]);
    expect(errors(await folder.applyPlan(planned))).toEqual([]);
  });

  const faults: [string, object][] = [
    ["a rate limit of an hour", { kind: "status", status: 429, headers: { "retry-after": "3600" } }],
    ["an outage of an hour", { kind: "status", status: 503, headers: { "retry-after": "3600" } }],
    ["a page instead of JSON", { kind: "html" }],
    ["a redirect", { kind: "redirect", location: "http://127.0.0.1:9/elsewhere" }],
    ["no response", { kind: "hold" }],
  ];

  for (const [name, fault] of faults)
    scenario(`neither fail nor delay the plan because of ${name}`, async (harness) => {
      const { folder, remote } = harness;
      await prepare(harness);
      await remote.control(product.service, "faults", { operation: "*", times: 1_000, ...fault });
      const startedAt = Date.now();
      const planned = await folder.plan([], { BITLIFT_REQUEST_TIMEOUT: "500ms" });
      expect([planned.code, errors(planned), webhookWarnings(planned)]).toEqual([2, [], ["webhooks-not-checked"]]);
      expect(Date.now() - startedAt).toBeLessThan(30_000);
      await remote.clearFaults([product.service]);
    });
});
