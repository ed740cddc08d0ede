# Spacelift derives the ID from the name.
terraform import bitlift_bitbucket_cloud_integration.payments bitbucket-for-payments
