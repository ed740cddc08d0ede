# A Space that somebody else manages, by its name.
data "bitlift_space" "platform" {
  name            = "Platform"
  parent_space_id = "root"
}
