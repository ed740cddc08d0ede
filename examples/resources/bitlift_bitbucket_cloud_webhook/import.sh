# The UUID is the last part of the webhook's URL in Bitbucket's API. The braces are optional.
terraform import bitlift_bitbucket_cloud_webhook.infrastructure 'acme-workspace/infrastructure/{202cf34e-7ccf-44b7-ba6b-8827a14d5324}'
