/** Constants for webhook events. */
import { WebhookEvent } from "../../lib";
import { BITBUCKET_CLOUD_EVENTS, BITBUCKET_DATACENTER_EVENTS } from "../../packages/domain";

it.each([
  ["cloud", WebhookEvent.cloud, BITBUCKET_CLOUD_EVENTS],
  ["datacenter", WebhookEvent.datacenter, BITBUCKET_DATACENTER_EVENTS],
] as const)("has a constant for every published event: %s", (product, constants, keys) => {
  expect(Object.values(constants)).toEqual(keys.map((key) => expect.objectContaining({ key, product })));
});

it("derives the names of constants from the keys", () => {
  expect(WebhookEvent.cloud.PULLREQUEST_COMMENT_CREATED.key).toBe("pullrequest:comment_created");
  expect(WebhookEvent.cloud.REPO_PUSH.key).toBe("repo:push");
  expect(WebhookEvent.datacenter.PR_FROM_REF_UPDATED.key).toBe("pr:from_ref_updated");
  expect(WebhookEvent.datacenter.PR_COMMENT_ADDED.key).toBe("pr:comment:added");
});

it("accepts a custom event for either product", () => {
  expect(WebhookEvent.custom("repo:brand_new")).toMatchObject({ key: "repo:brand_new", product: undefined });
});
