# A Space for one team, below root.
resource "bitlift_space" "payments" {
  name        = "Payments"
  description = "Stacks and modules of the payments team."
  labels      = ["team:payments"]
}

# A child Space whose stacks and modules can use what is in the Space Payments.
resource "bitlift_space" "payments_production" {
  name             = "Production"
  parent_space_id  = bitlift_space.payments.id
  inherit_entities = true
}
