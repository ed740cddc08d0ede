# For engines that have no removed blocks, next to published.tf and without bitlift.tf: this changes only the state.
# Stops at the first error, keeps the saved state private, and never overwrites it.
set -euC
umask 077
terraform init
terraform state pull > before.tfstate
terraform state rm bitlift_space.payments bitlift_bitbucket_datacenter_integration.payments
terraform state rm bitlift_bitbucket_datacenter_webhook.networking bitlift_bitbucket_cloud_webhook.infrastructure
terraform import spacelift_space.payments payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7
terraform import spacelift_bitbucket_datacenter_integration.payments payments
terraform import bitbucketserver_repository_webhook.networking 'PLAT/networking/Spacelift (payments)'
terraform import bitbucket_hook.infrastructure 'acme-workspace/infrastructure/{0192a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b}'
