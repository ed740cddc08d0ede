# Serves until Ctrl+C, with Node's debugger, and prints TF_REATTACH_PROVIDERS='…'.
node --inspect terraform.d/plugins/terraform.local/example/text/1.0.0/*/terraform-provider-text_v1.0.0 --debug
