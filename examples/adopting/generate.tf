# Import blocks without resources: the engine writes the resources. Put them in a folder with the provider.
import {
  to = bitlift_bitbucket_cloud_integration.data
  id = "bitbucket-for-data"
}

import {
  to = bitlift_bitbucket_cloud_webhook.warehouse
  id = "acme-workspace/warehouse"
}
