/** `data "bitlift_bitbucket_datacenter_integration"`. */
import { computed } from "../../terraform-plugin";
import { integrationData } from "./integration-data";

export const bitbucketDatacenterIntegrationData = integrationData({
  product: "datacenter",
  own: {
    api_host: computed.string("Address at which Spacelift calls the server."),
    user_facing_host: computed.string("Address at which people open the server."),
    username: computed.string("User name of the account that the access token belongs to."),
  },
  fields: { api_host: "apiHost", user_facing_host: "userFacingHost", username: "username" },
});
