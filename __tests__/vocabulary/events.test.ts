/** The event lists: Spacelift's needs are in Bitbucket's list, and the sandbox's own catalogue agrees with ours. */
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
});
