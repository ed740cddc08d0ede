# The ID is the last part of the Space's URL in Spacelift.
terraform import bitlift_space.payments payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7
