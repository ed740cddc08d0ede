# For one apply, next to bitlift.tf and without published.tf: the provider of Bitlift takes every object over.
moved {
  from = spacelift_space.payments
  to   = bitlift_space.payments
}

moved {
  from = spacelift_bitbucket_datacenter_integration.payments
  to   = bitlift_bitbucket_datacenter_integration.payments
}

moved {
  from = bitbucketserver_repository_webhook.networking
  to   = bitlift_bitbucket_datacenter_webhook.networking
}

moved {
  from = bitbucket_hook.infrastructure
  to   = bitlift_bitbucket_cloud_webhook.infrastructure
}
