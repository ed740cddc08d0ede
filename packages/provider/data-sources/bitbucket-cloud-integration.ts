/** The data source `bitlift_bitbucket_cloud_integration`. */
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

export const bitbucketCloudIntegrationData = dataSource({
  type: "bitbucket_cloud_integration",
  summary: integrationDataSummary("cloud"),
  description: INTEGRATION_DATA_DESCRIPTION,
  attributes: {
    ...IDENTITY_DATA_ATTRIBUTES,
    email: computed.string("Email address of the Atlassian account. Null for app passwords."),
    username: computed.string("User name of an app password. Null for API tokens."),
    ...SETTING_DATA_ATTRIBUTES,
  },
  raises: INTEGRATION_DATA_RAISES,
  validate: validateSelector,
  async read(context) {
    const { shared, productFields } = await readIntegrationData("cloud", context);
    return { ...shared, email: productFields["email"] ?? null, username: productFields["username"] ?? null };
  },
});
