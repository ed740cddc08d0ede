# A Space that is managed elsewhere, by its name.
data "bitlift_space" "platform" {
  name            = "Platform"
  parent_space_id = "root"
}
