/** `data "bitlift_bitbucket_cloud_integration"`. */
import { computed } from "../../terraform-plugin";
import { integrationData } from "./integration-data";

export const bitbucketCloudIntegrationData = integrationData({
  product: "cloud",
  own: {
    email: computed.string("Atlassian account email; null for app passwords."),
    username: computed.string("User name of an app password; null for API tokens."),
  },
  fields: { email: "email", username: "username" },
});
