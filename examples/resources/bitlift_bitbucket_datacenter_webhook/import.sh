# The ID is the last part of the webhook's URL in Bitbucket's API, and of the URL of its settings page.
terraform import bitlift_bitbucket_datacenter_webhook.infrastructure PAY/infrastructure/42
