/** The data source `bitlift_bitbucket_datacenter_integration`. */
import { computed } from "../../terraform-plugin";
import { dataSource } from "../configuration/clients";
import {
  IDENTITY_DATA_ATTRIBUTES,
  INTEGRATION_DATA_DESCRIPTION,
  INTEGRATION_DATA_RAISES,
  integrationDataSummary,
  readIntegrationData,
  SETTING_DATA_ATTRIBUTES,
  validateSelector,
} from "./integration";

export const bitbucketDatacenterIntegrationData = dataSource({
  type: "bitbucket_datacenter_integration",
  summary: integrationDataSummary("datacenter"),
  description: INTEGRATION_DATA_DESCRIPTION,
  attributes: {
    ...IDENTITY_DATA_ATTRIBUTES,
    api_host: computed.string("URL at which Spacelift calls the server."),
    user_facing_host: computed.string("URL at which people open the server."),
    username: computed.string("User name of the account that owns the access token."),
    ...SETTING_DATA_ATTRIBUTES,
  },
  raises: INTEGRATION_DATA_RAISES,
  validate: validateSelector,
  async read(context) {
    const { shared, productFields } = await readIntegrationData("datacenter", context);
    return {
      ...shared,
      api_host: productFields["apiHost"] ?? null,
      user_facing_host: productFields["userFacingHost"] ?? null,
      username: productFields["username"] ?? null,
    };
  },
});
