/** ID and webhook URL that the plan of a create predicts: from the record of the process, and from a lookup. */
import type { Diagnostic } from "../../../diagnostics";
import { problem } from "../../../domain";
import { UNKNOWN } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import { FirstReports } from "../../first-reports";
import { KnownIntegrations, type KnownIntegration } from "../../integration/known-integrations";
import { predictValues } from "../../integration/predicted-values";
import { look } from "../unhurried-look";

const EXISTING = { id: "payments", webhookUrl: "https://hooks.example/payments", isDefault: false };
const STATE = { id: EXISTING.id, name: "Payments", webhook_url: EXISTING.webhookUrl, is_default: false };

function createApi(known: boolean, remote: KnownIntegration | null | Error) {
  let lookups = 0;
  const knownIntegrations = new KnownIntegrations();
  if (known) knownIntegrations.record("cloud", STATE);
  const findByName = () => {
    lookups += 1;
    if (remote instanceof Error) return Promise.reject(remote);
    return Promise.resolve(remote === null ? null : { state: "found", integration: remote });
  };
  const api = {
    look,
    reports: new FirstReports(),
    knownIntegrations,
    spacelift: { integrations: { cloud: { findByName } } },
  } as unknown as Clients;
  const reported: Diagnostic[] = [];
  const predict = (isDefault: boolean | typeof UNKNOWN = false, name: string | typeof UNKNOWN = "Payments", applying = false) =>
    predictValues(api, "cloud", { name, isDefault, applying }, { add: (diagnostic) => void reported.push(diagnostic) });
  const record = () => knownIntegrations.record("cloud", STATE);
  return { predict, record, codes: () => reported.map(({ code }) => code), lookups: () => lookups };
}

const PREDICTED = { id: EXISTING.id, webhookUrl: EXISTING.webhookUrl };
const NOTHING = { id: UNKNOWN, webhookUrl: UNKNOWN };

it.each<[string, boolean, KnownIntegration | null | Error, object, string[], number]>([
  ["predicts a recorded name without a lookup", true, null, PREDICTED, [], 0],
  ["predicts from a lookup, and warns of the existing integration", false, EXISTING, PREDICTED, ["duplicate-integration-name"], 1],
  ["predicts nothing for a free name", false, null, NOTHING, [], 1],
  ["warns of a failed lookup, and predicts nothing", false, new Error("no route"), NOTHING, ["integration-lookup-failed"], 1],
])("%s", async (_case, known, remote, predicted, codes, lookups) => {
  const api = createApi(known, remote);
  expect(await api.predict()).toEqual(predicted);
  expect([api.codes(), api.lookups()]).toEqual([codes, lookups]);
});

it("predicts the ID and not the URL if is_default changes", async () => {
  expect(await createApi(true, null).predict(true)).toEqual({ id: "payments", webhookUrl: UNKNOWN });
});

it("predicts nothing, and sends no request, if name or is_default is unknown", async () => {
  const { predict, lookups } = createApi(false, EXISTING);
  expect(await predict(UNKNOWN)).toEqual(NOTHING);
  expect(await predict(false, UNKNOWN)).toEqual(NOTHING);
  expect(lookups()).toBe(0);
});

it("looks up a name once, however often the engine plans", async () => {
  const { predict, lookups } = createApi(false, null);
  await Promise.all([predict(), predict(), predict()]);
  expect(lookups()).toBe(1);
});

it("does not predict from an integration that no longer exists", async () => {
  const known = new KnownIntegrations();
  known.record("cloud", STATE);
  known.forget("cloud", "Payments");
  expect(known.get("cloud", "Payments")).toBeUndefined();
  expect(await known.manages("cloud", "payments")).toBe(true);
  expect(await known.manages("datacenter", "payments")).toBe(false);
});

it("predicts from an integration that the engine reads while the create is planned", async () => {
  const { predict, record, codes } = createApi(false, EXISTING);
  const predicted = predict();
  setTimeout(record, 50);
  expect([await predicted, codes()]).toEqual([PREDICTED, []]);
});

it("reports an existing integration only while planning, because the create reports it too", async () => {
  const { predict, codes } = createApi(false, EXISTING);
  expect([await predict(false, "Payments", true), codes()]).toEqual([PREDICTED, []]);
});

it("reports a rejected login once, as an error of the plan, and not during an apply", async () => {
  const rejected = problem(
    "remote-unauthenticated",
    { why: "Spacelift does not know the key.", fix: "Check it." },
    { kind: "not-permitted" },
  );
  const { predict, codes } = createApi(false, rejected);
  await Promise.all([predict(false, "Payments"), predict(false, "Networking")]);
  expect(codes()).toEqual(["remote-unauthenticated"]);
  const applying = createApi(false, rejected);
  expect([await applying.predict(false, "Payments", true), applying.codes()]).toEqual([NOTHING, ["integration-lookup-failed"]]);
});

it("reports failed lookups once", async () => {
  const { predict, codes } = createApi(false, new Error("no route"));
  await Promise.all([predict(false, "Payments"), predict(false, "Networking")]);
  expect(codes()).toEqual(["integration-lookup-failed"]);
});
