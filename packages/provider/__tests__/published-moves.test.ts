/** Which published types each resource takes over, and what becomes of each attribute of their states. */
import { fingerprint, PUBLISHED_TYPES, REQUIRED_BITBUCKET_CLOUD_EVENTS, REQUIRED_BITBUCKET_DATACENTER_EVENTS } from "../../domain";
import type { Attributes, ObjectValue } from "../../terraform-plugin";
import { bitlift } from "../provider";

const CANARY = "canary-secret-of-the-published-state";
const FINGERPRINT = fingerprint(CANARY);
const UUID = "{202cf34e-7ccf-44b7-ba6b-8827a14d5324}";
const URL = "https://acme.app.spacelift.io/webhooks/x/payments";
const keysOf = (events: readonly { readonly key: string }[]) => events.map(({ key }) => key).sort();
const CLOUD_EVENTS = keysOf(REQUIRED_BITBUCKET_CLOUD_EVENTS);
const DATACENTER_EVENTS = keysOf(REQUIRED_BITBUCKET_DATACENTER_EVENTS);

const resourceOf = (type: string) => {
  const resource = bitlift.resources.find((candidate) => `bitlift_${candidate.type}` === type);
  if (resource === undefined) throw new Error(`There is no ${type}.`);
  return resource;
};

function moved(type: string, stored: ObjectValue): ObjectValue {
  const [source] = resourceOf(type).movesFrom ?? [];
  if (source === undefined) throw new Error(`${type} takes over nothing.`);
  const state = source.convert(stored);
  expect(Object.keys(resourceOf(type).attributes as Attributes)).toEqual(expect.arrayContaining(Object.keys(state)));
  expect(JSON.stringify(state)).not.toContain(CANARY);
  return state;
}

it("each resource takes over exactly the published type that carries the same objects", () => {
  const declared = bitlift.resources.flatMap(({ type, movesFrom = [] }) =>
    movesFrom.map((source) => [`bitlift_${type}`, { type: source.type, source: source.provider }] as const),
  );
  expect(Object.fromEntries(declared)).toEqual(PUBLISHED_TYPES);
});

describe("a Space", () => {
  const FULL = { id: "payments-01", name: "Payments", parent_space_id: "team-01", inherit_entities: true, description: "d", labels: ["a"] };

  it("keeps every value", () => {
    expect(moved("bitlift_space", FULL)).toEqual(FULL);
  });

  it.each(Object.entries({ parent_space_id: "root", inherit_entities: false, description: "", labels: [] }))(
    "%s that is not set has the default",
    (name, value) => {
      expect(moved("bitlift_space", { ...FULL, [name]: null })).toEqual({ ...FULL, [name]: value });
      const { [name]: _, ...others } = FULL as ObjectValue;
      expect(moved("bitlift_space", others)).toEqual({ ...FULL, [name]: value });
    },
  );
});

describe("a Data Center integration", () => {
  const TYPE = "bitlift_bitbucket_datacenter_integration";
  const SAME = {
    id: "payments",
    name: "Payments",
    is_default: false,
    space_id: "team-01",
    api_host: "https://bitbucket.acme.example",
    user_facing_host: "https://bitbucket.acme.example",
    username: "svc",
    access_token_wo_version: "3",
    labels: ["a"],
    description: "d",
    vcs_checks: "ALL",
    use_git_checkout: true,
    webhook_url: URL,
  };
  const FULL = { ...SAME, access_token: CANARY, access_token_wo: null, webhook_secret: CANARY };

  it("keeps every value, except that secrets become fingerprints", () => {
    const fingerprints = { credential_fingerprint: FINGERPRINT, webhook_secret_fingerprint: FINGERPRINT };
    expect(moved(TYPE, FULL)).toEqual({ ...SAME, ...fingerprints, detach_protection: true });
  });

  it.each<[string, string, unknown]>([
    ["space_id", "space_id", "root"],
    ["labels", "labels", []],
    ["description", "description", ""],
    ["vcs_checks", "vcs_checks", "INDIVIDUAL"],
    ["use_git_checkout", "use_git_checkout", null],
    ["access_token_wo_version", "access_token_wo_version", null],
    ["access_token", "credential_fingerprint", null],
    ["webhook_secret", "webhook_secret_fingerprint", null],
    ["webhook_url", "webhook_url", null],
  ])("%s that is not set: %s is %j", (name, attribute, value) => {
    expect(moved(TYPE, { ...FULL, [name]: null })[attribute]).toEqual(value);
    if (attribute.endsWith("_fingerprint")) expect(moved(TYPE, { ...FULL, [name]: "" })[attribute]).toBeNull();
  });
});

describe("a Cloud webhook", () => {
  const TYPE = "bitlift_bitbucket_cloud_webhook";
  const FULL = {
    id: UUID,
    uuid: UUID,
    owner: "acme",
    repository: "infrastructure",
    url: URL,
    description: "Spacelift",
    events: [...CLOUD_EVENTS, "pullrequest:rejected", "repo:push"].reverse(),
    active: false,
    skip_cert_verification: false,
    history_enabled: true,
    secret: CANARY,
    secret_set: true,
  };

  it("has the names of this provider, a fingerprint for the secret, and the other events as additional ones", () => {
    expect(moved(TYPE, FULL)).toEqual({
      workspace: "acme",
      repository: "infrastructure",
      uuid: UUID,
      webhook_url: URL,
      secret_fingerprint: FINGERPRINT,
      title: "Spacelift",
      events: [...CLOUD_EVENTS, "pullrequest:rejected"].sort(),
      additional_events: ["pullrequest:rejected"],
      active: false,
      adopt_existing: true,
      skip_certificate_verification: false,
    });
  });

  it.each<[string, unknown, string, unknown]>([
    ["secret", null, "secret_fingerprint", null],
    ["secret", "", "secret_fingerprint", null],
    ["description", "", "title", null],
    ["events", null, "events", null],
    ["events", ["issue:created"], "additional_events", ["issue:created"]],
    ["active", null, "active", true],
    ["skip_cert_verification", null, "skip_certificate_verification", true],
    ["skip_cert_verification", true, "skip_certificate_verification", true],
    ["id", "202CF34E-7CCF-44B7-BA6B-8827A14D5324", "uuid", UUID],
    ["id", null, "uuid", UUID],
  ])("%s = %j: %s is %j", (name, value, attribute, expected) => {
    expect(moved(TYPE, { ...FULL, [name]: value })[attribute]).toEqual(expected);
  });

  it("without an ID has no UUID, which the runtime reports", () => {
    expect(moved(TYPE, { ...FULL, id: "infrastructure", uuid: null })["uuid"]).toBeNull();
  });

  it("leaves the integration to the read, which finds it by the URL", () => {
    expect(moved(TYPE, FULL)).not.toHaveProperty("integration_id");
  });
});

describe("a Data Center webhook", () => {
  const TYPE = "bitlift_bitbucket_datacenter_webhook";
  const FULL = {
    id: "PLAT/infrastructure/Spacelift",
    webhook_id: 42,
    project: "PLAT",
    repository: "infrastructure",
    name: "Spacelift",
    webhook_url: URL,
    events: [...DATACENTER_EVENTS, "repo:forked"],
    active: true,
    secret: CANARY,
  };

  it("has the names of this provider, and the verification that the published provider cannot turn off", () => {
    expect(moved(TYPE, FULL)).toEqual({
      project: "PLAT",
      repository: "infrastructure",
      webhook_id: 42,
      webhook_url: URL,
      secret_fingerprint: FINGERPRINT,
      title: "Spacelift",
      events: [...DATACENTER_EVENTS, "repo:forked"].sort(),
      additional_events: ["repo:forked"],
      active: true,
      adopt_existing: true,
      verify_certificate: true,
    });
  });

  it.each<[string, unknown, string, unknown]>([
    ["webhook_id", 0, "webhook_id", null],
    ["webhook_id", null, "webhook_id", null],
    ["secret", null, "secret_fingerprint", null],
    ["events", null, "events", null],
    ["active", null, "active", true],
  ])("%s = %j: %s is %j", (name, value, attribute, expected) => {
    expect(moved(TYPE, { ...FULL, [name]: value })[attribute]).toEqual(expected);
  });
});
