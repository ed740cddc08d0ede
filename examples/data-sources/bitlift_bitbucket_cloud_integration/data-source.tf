# An integration by its id, and the account's default one.
data "bitlift_bitbucket_cloud_integration" "payments" {
  id = "bitbucket-for-payments"
}

data "bitlift_bitbucket_cloud_integration" "default" {
  default = true
}
