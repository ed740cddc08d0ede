# For engines that cannot move objects between types, next to bitlift.tf and without published.tf: this changes only the state.
# Stops at the first error, keeps the saved state private, and never overwrites it.
set -euC
umask 077
terraform init
terraform state pull > before.tfstate
terraform state rm spacelift_space.payments spacelift_bitbucket_datacenter_integration.payments
terraform state rm bitbucketserver_repository_webhook.networking bitbucket_hook.infrastructure
terraform import bitlift_space.payments payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7
terraform import bitlift_bitbucket_datacenter_integration.payments payments
terraform import bitlift_bitbucket_datacenter_webhook.networking PLAT/networking
terraform import bitlift_bitbucket_cloud_webhook.infrastructure acme-workspace/infrastructure
