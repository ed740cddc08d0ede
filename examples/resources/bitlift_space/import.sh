# The id is the last part of the Space's address in Spacelift.
terraform import bitlift_space.payments payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7
