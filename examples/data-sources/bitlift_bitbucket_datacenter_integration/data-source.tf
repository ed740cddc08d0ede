# An integration by its ID, and the default integration of the account.
data "bitlift_bitbucket_datacenter_integration" "payments" {
  id = "data-center-for-payments"
}

data "bitlift_bitbucket_datacenter_integration" "default" {
  default = true
}
