/** A plan that deletes an object and creates it again with other providers is refused, in both directions. */
import { backingChanges, backingChangeText, refuseBackingChange } from "../../deployment/backing-change";
import type { PlannedChange } from "../../deployment/plan-json";
import type { PartResult } from "../../deployment/reporter";

function result(...changes: readonly (readonly [address: string, action: PlannedChange["action"], deposed?: boolean])[]): PartResult {
  const planned = changes.map(([address, action, isDeposed = false]): PlannedChange => {
    const type = address.replace(/\..*$/s, "");
    return { address, type, action, label: undefined, movedFrom: undefined, isImported: false, isDefault: false, isDeposed, changed: [] };
  });
  return {
    part: "main",
    status: "changes",
    plan: { changes: planned, changesOutputs: false, stateCounts: new Map(), removals: [] },
    newKeys: [],
  };
}

it.each([
  ["published", "bitlift_space.a", "spacelift_space.a"],
  ["published", "bitlift_bitbucket_cloud_webhook.a_b", "bitbucket_hook.a_b"],
  ["bitlift", "bitbucketserver_repository_webhook.a", "bitlift_bitbucket_datacenter_webhook.a"],
  ["bitlift", "spacelift_bitbucket_datacenter_integration.a", "bitlift_bitbucket_datacenter_integration.a"],
])("to %s: %s", (backing, from, to) => {
  const changes = backingChanges([result([from, "delete"], [to, "create"])]);
  expect(changes).toEqual([{ part: "main", from, to, backing }]);
  expect(backingChangeText(changes)).toContain(`bitlift export <dir> --backing ${backing}`);
  expect(() => refuseBackingChange(changes, false)).toThrow(
    expect.objectContaining({ diagnostic: expect.objectContaining({ code: "backing-change-refused" }) as unknown }),
  );
  expect(() => refuseBackingChange(changes, true)).not.toThrow();
});

it.each([
  ["an object that is forgotten", result(["bitlift_space.a", "forget"], ["spacelift_space.a", "create"])],
  ["another name", result(["bitlift_space.a", "delete"], ["spacelift_space.b", "create"])],
  ["another kind of object", result(["bitlift_space.a", "delete"], ["bitbucket_hook.a", "create"])],
  ["the same type", result(["bitlift_space.a", "delete"], ["bitlift_space.a", "create"])],
  ["what a replacement left behind", result(["bitlift_space.a", "delete", true], ["spacelift_space.a", "create"])],
])("%s does not count", (_what, one) => {
  expect(backingChanges([one])).toEqual([]);
  expect(backingChangeText([])).toBeUndefined();
});
