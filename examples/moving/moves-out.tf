# For one apply, next to published.tf and without bitlift.tf: the state forgets every object, and the published providers import it.
removed {
  from = bitlift_space.payments

  lifecycle {
    destroy = false
  }
}

import {
  to = spacelift_space.payments
  id = "payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7"
}

removed {
  from = bitlift_bitbucket_datacenter_integration.payments

  lifecycle {
    destroy = false
  }
}

import {
  to = spacelift_bitbucket_datacenter_integration.payments
  id = "payments"
}

removed {
  from = bitlift_bitbucket_datacenter_webhook.networking

  lifecycle {
    destroy = false
  }
}

# This provider finds a webhook by its title.
import {
  to = bitbucketserver_repository_webhook.networking
  id = "PLAT/networking/Spacelift (payments)"
}

removed {
  from = bitlift_bitbucket_cloud_webhook.infrastructure

  lifecycle {
    destroy = false
  }
}

import {
  to = bitbucket_hook.infrastructure
  id = "acme-workspace/infrastructure/{0192a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b}"
}
