/** The event lists: Spacelift's needs are in Bitbucket's list, and the sandbox's own catalogue agrees with ours. */
import { EVENT_TYPES } from "../../sandbox/bitbucket-cloud/events";
import { BITBUCKET_CLOUD_EVENTS } from "../../vocabulary/bitbucket-cloud-events";
import { REQUIRED_BITBUCKET_CLOUD_EVENTS } from "../../vocabulary/required-events";

describe("the events that Spacelift needs from Bitbucket Cloud", () => {
  const keys = REQUIRED_BITBUCKET_CLOUD_EVENTS.map((event) => event.key);

  it("are the seven of its documentation, in its order", () => {
    expect(REQUIRED_BITBUCKET_CLOUD_EVENTS.map(({ group, label }) => `${group} > ${label}`)).toEqual([
      "Repository > Push",
      "Pull Request > Created",
      "Pull Request > Updated",
      "Pull Request > Approved",
      "Pull Request > Approval removed",
      "Pull Request > Merged",
      "Pull Request > Comment created",
    ]);
  });

  it("are all in Bitbucket's list, each once", () => {
    expect(keys.filter((key) => !BITBUCKET_CLOUD_EVENTS.includes(key))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("Bitbucket Cloud's event list", () => {
  it("has no event twice, and each is named `group:event`", () => {
    expect(new Set(BITBUCKET_CLOUD_EVENTS).size).toBe(BITBUCKET_CLOUD_EVENTS.length);
    expect(BITBUCKET_CLOUD_EVENTS.filter((event) => !/^[a-z]+:[a-z_]+$/.test(event))).toEqual([]);
  });

  it("agrees with the sandbox's own catalogue, which was written apart", () => {
    expect([...BITBUCKET_CLOUD_EVENTS].sort()).toEqual(EVENT_TYPES.map(({ event }) => event).sort());
  });

  it("calls the required events as the sandbox's settings page does", () => {
    const labels = new Map(EVENT_TYPES.map(({ event, category, label }) => [event, `${category} > ${label}`]));
    for (const { group, label, key } of REQUIRED_BITBUCKET_CLOUD_EVENTS) expect(labels.get(key)).toBe(`${group} > ${label}`);
  });
});
