# An integration by its ID, and the default integration of the account.
data "bitlift_bitbucket_cloud_integration" "payments" {
  id = "bitbucket-for-payments"
}

data "bitlift_bitbucket_cloud_integration" "default" {
  default = true
}
