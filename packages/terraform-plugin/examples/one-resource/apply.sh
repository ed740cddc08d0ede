# Creates the file, then deletes it. OpenTofu has the same commands.
terraform init
terraform apply
terraform destroy
