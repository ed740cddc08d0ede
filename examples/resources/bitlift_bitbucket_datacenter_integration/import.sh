# Spacelift derives the ID from the name.
terraform import bitlift_bitbucket_datacenter_integration.payments data-center-for-payments
