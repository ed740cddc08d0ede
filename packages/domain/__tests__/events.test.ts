/** The event lists: Bitbucket supports the events that Spacelift requires, and the separate list of the sandbox matches. */
import { EVENT_TYPES, eventKeysOf } from "../../sandbox";
import { BITBUCKET_CLOUD_EVENTS } from "../bitbucket-cloud-events";
import { BITBUCKET_DATACENTER_EVENTS, unsupportedEvents } from "../bitbucket-datacenter-events";
import { REQUIRED_BITBUCKET_CLOUD_EVENTS, REQUIRED_BITBUCKET_DATACENTER_EVENTS } from "../required-events";

describe.each([
  {
    product: "Bitbucket Cloud",
    required: REQUIRED_BITBUCKET_CLOUD_EVENTS,
    known: BITBUCKET_CLOUD_EVENTS,
    labels: [
      "Repository > Push",
      "Pull Request > Created",
      "Pull Request > Updated",
      "Pull Request > Approved",
      "Pull Request > Approval removed",
      "Pull Request > Merged",
      "Pull Request > Comment created",
    ],
  },
  {
    product: "Bitbucket Data Center",
    required: REQUIRED_BITBUCKET_DATACENTER_EVENTS,
    known: BITBUCKET_DATACENTER_EVENTS,
    labels: [
      "Repository > Push",
      "Pull Request > Opened",
      "Pull Request > Source branch updated",
      "Pull Request > Modified",
      "Pull Request > Approved",
      "Pull Request > Unapproved",
      "Pull Request > Merged",
      "Pull Request > Comment added",
    ],
  },
])("the events that Spacelift requires from $product", ({ required, known, labels }) => {
  const keys: readonly string[] = required.map((event) => event.key);
  const published: readonly string[] = known;

  it("match its documentation, in the same order", () => {
    expect(required.map(({ group, label }) => `${group} > ${label}`)).toEqual(labels);
  });

  it("are all in Bitbucket's list, without duplicates", () => {
    expect(keys.filter((key) => !published.includes(key))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("Bitbucket Cloud's event list", () => {
  it("has no duplicates, and each event has the form `group:event`", () => {
    expect(new Set(BITBUCKET_CLOUD_EVENTS).size).toBe(BITBUCKET_CLOUD_EVENTS.length);
    expect(BITBUCKET_CLOUD_EVENTS.filter((event) => !/^[a-z]+:[a-z_]+$/.test(event))).toEqual([]);
  });

  it("matches the separate list of the sandbox", () => {
    expect([...BITBUCKET_CLOUD_EVENTS].sort()).toEqual(EVENT_TYPES.map(({ event }) => event).sort());
  });

  it("gives the required events the labels of the sandbox's settings page", () => {
    const labels = new Map(EVENT_TYPES.map(({ event, category, label }) => [event, `${category} > ${label}`]));
    for (const { group, label, key } of REQUIRED_BITBUCKET_CLOUD_EVENTS) expect(labels.get(key)).toBe(`${group} > ${label}`);
  });
});

describe("Bitbucket Data Center's event list", () => {
  it("has no duplicates, and each event has the form `group:event`, with at most a second group", () => {
    expect(new Set(BITBUCKET_DATACENTER_EVENTS).size).toBe(BITBUCKET_DATACENTER_EVENTS.length);
    expect(BITBUCKET_DATACENTER_EVENTS.filter((event) => !/^[a-z]+(:[a-z]+)?:[a-z_]+$/.test(event))).toEqual([]);
  });

  it("matches the separate list of the sandbox for repositories", () => {
    expect([...BITBUCKET_DATACENTER_EVENTS].sort()).toEqual([...eventKeysOf("repository", "10.0")].sort());
  });

  it.each(["5.4", "5.9", "5.10", "6.4", "6.5", "6.10", "7.0", "7.21", "8.0", "9.4", "10.0"])(
    "reports on release %s exactly the required events that the sandbox does not support",
    (version) => {
      const supported = eventKeysOf("repository", version);
      const unsupported = unsupportedEvents(version, BITBUCKET_DATACENTER_EVENTS).map((event) => event.key);
      expect(unsupported.filter((key) => supported.includes(key))).toEqual([]);
      const required: readonly string[] = REQUIRED_BITBUCKET_DATACENTER_EVENTS.map((event) => event.key);
      expect(unsupported.filter((key) => required.includes(key)).sort()).toEqual(required.filter((key) => !supported.includes(key)).sort());
    },
  );

  it.each([
    ["an old release", "6.10.17", ["pr:from_ref_updated", "pr:opened"], [{ key: "pr:from_ref_updated", since: "7.0" }]],
    ["the first release with it", "7.0.0", ["pr:from_ref_updated"], []],
    ["a minor release of two digits, which comes after one digit", "5.10.1", ["pr:modified"], []],
    ["the release before that", "5.9.1", ["pr:modified"], [{ key: "pr:modified", since: "5.10" }]],
    ["a major release of two digits", "10.0.0", ["repo:secret_detected"], []],
    ["a prerelease", "7.0.0-rc1", ["pr:from_ref_updated"], []],
    ["an unknown event", "5.4", ["pr:unknown"], []],
    ["an event without a known release", "5.4", ["pr:reviewer:changes_requested"], []],
    ["a version that cannot be parsed", "latest", ["pr:from_ref_updated"], []],
    ["a number alone", "6", ["pr:from_ref_updated"], []],
  ])("is compared with the version of a server: %s", (_name, version, keys, expected) => {
    expect(unsupportedEvents(version, keys)).toEqual(expected);
  });
});
