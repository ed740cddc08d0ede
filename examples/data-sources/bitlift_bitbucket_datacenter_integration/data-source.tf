# An integration by its id, and the account's default one.
data "bitlift_bitbucket_datacenter_integration" "payments" {
  id = "data-center-for-payments"
}

data "bitlift_bitbucket_datacenter_integration" "default" {
  default = true
}
