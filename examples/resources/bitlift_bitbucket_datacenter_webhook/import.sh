# The id is the last part of the webhook's address in Bitbucket's API, and of its settings page.
terraform import bitlift_bitbucket_datacenter_webhook.infrastructure PAY/infrastructure/42
