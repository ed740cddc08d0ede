# A configuration that uses the provider.
terraform {
  required_providers {
    text = {
      source  = "terraform.local/example/text"
      version = "1.0.0"
    }
  }
}

resource "text_file" "greeting" {
  path    = "greeting.txt"
  content = "Hello, world!\n"
}

output "sha256" {
  value = text_file.greeting.sha256
}
