# The stacks and modules that use an integration. Deleting the integration would detach them from their source.
data "bitlift_integration_usage" "payments" {
  product        = "cloud"
  integration_id = "bitbucket-for-payments"
}

data "bitlift_integration_usage" "ledger" {
  product        = "datacenter"
  integration_id = "data-center-for-the-ledger"
}

output "stacks_of_payments" {
  value = data.bitlift_integration_usage.payments.stacks[*].name
}

output "modules_of_the_ledger" {
  value = data.bitlift_integration_usage.ledger.modules[*].name
}
