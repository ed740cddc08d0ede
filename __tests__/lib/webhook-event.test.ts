/** Events as constants. */
import { WebhookEvent } from "../../lib";
import { BITBUCKET_CLOUD_EVENTS } from "../../vocabulary/bitbucket-cloud-events";

it("has a constant for every event of the vocabulary", () => {
  expect(Object.values(WebhookEvent.cloud).map((event) => event.key)).toEqual([...BITBUCKET_CLOUD_EVENTS]);
});

it("names constants after keys", () => {
  expect(WebhookEvent.cloud.PULLREQUEST_COMMENT_CREATED.key).toBe("pullrequest:comment_created");
  expect(WebhookEvent.cloud.REPO_PUSH.key).toBe("repo:push");
});

it("takes an event that is in no list", () => {
  expect(WebhookEvent.custom("repo:brand_new").key).toBe("repo:brand_new");
});
