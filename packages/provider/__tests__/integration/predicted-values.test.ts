/** What the name of an integration promises, from memory and from a look. */
import type { Diagnostic } from "../../../diagnostics";
import { UNKNOWN } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import { promisedBy } from "../../integration/integration-name";
import { IntegrationMemory, type KnownIntegration } from "../../integration/memory";

const REMOTE = { id: "payments", webhookUrl: "https://hooks.example/payments", isDefault: false };

function world(remembered: KnownIntegration | undefined, remote: KnownIntegration | null | Error) {
  let looks = 0;
  const integrations = new IntegrationMemory();
  if (remembered !== undefined) integrations.remember("cloud", "Payments", remembered);
  const findByName = () => {
    looks += 1;
    if (remote instanceof Error) return Promise.reject(remote);
    return Promise.resolve(remote === null ? null : { state: "found", integration: remote });
  };
  const api = { integrations, spacelift: { integrations: { cloud: { findByName } } } } as unknown as Clients;
  const reported: Diagnostic[] = [];
  const ask = (isDefault: boolean | typeof UNKNOWN = false, name: string | typeof UNKNOWN = "Payments") =>
    promisedBy(api, "cloud", { name, isDefault }, { add: (diagnostic) => void reported.push(diagnostic) });
  return { ask, reported, looks: () => looks };
}

it.each<[string, KnownIntegration | undefined, KnownIntegration | null | Error, object, string[], number]>([
  ["memory promises without a look", REMOTE, null, { id: "payments", webhookUrl: REMOTE.webhookUrl }, [], 0],
  [
    "a look promises where memory is silent, and warns of the holder",
    undefined,
    REMOTE,
    { id: "payments", webhookUrl: REMOTE.webhookUrl },
    ["duplicate-integration-name"],
    1,
  ],
  ["a free name promises nothing", undefined, null, { id: UNKNOWN, webhookUrl: UNKNOWN }, [], 1],
  [
    "a failed look is a warning and promises nothing",
    undefined,
    new Error("no route"),
    { id: UNKNOWN, webhookUrl: UNKNOWN },
    ["integration-lookup-failed"],
    1,
  ],
])("%s", async (_name, remembered, remote, promised, codes, looks) => {
  const { ask, reported, looks: looked } = world(remembered, remote);
  expect(await ask()).toEqual(promised);
  expect(reported.map((diagnostic) => diagnostic.code)).toEqual(codes);
  expect(looked()).toBe(looks);
});

it("a changed is_default keeps the id and gives up the URL", async () => {
  expect(await world(REMOTE, null).ask(true)).toEqual({ id: "payments", webhookUrl: UNKNOWN });
});

it("an undecided name or default promises nothing, and asks nobody", async () => {
  const { ask, looks } = world(undefined, REMOTE);
  expect(await ask(UNKNOWN)).toEqual({ id: UNKNOWN, webhookUrl: UNKNOWN });
  expect(await ask(false, UNKNOWN)).toEqual({ id: UNKNOWN, webhookUrl: UNKNOWN });
  expect(looks()).toBe(0);
});

it("asks once per name, however often the engine plans", async () => {
  const { ask, looks } = world(undefined, null);
  await Promise.all([ask(), ask(), ask()]);
  expect(looks()).toBe(1);
});

it("an object that was read as gone promises nothing any more", () => {
  const memory = new IntegrationMemory();
  memory.remember("cloud", "Payments", REMOTE);
  memory.forget("cloud", "Payments");
  expect(memory.recall("cloud", "Payments")).toBeUndefined();
  expect(memory.manages("cloud", "payments")).toBe(true);
  expect(memory.manages("datacenter", "payments")).toBe(false);
});
