# Checks the types, bundles the provider into one executable file, and puts it where engines look for it.
set -eu

npx tsc --noEmit --strict --target es2022 --module node16 --types node provider.ts
npx esbuild provider.ts --bundle --platform=node --target=node20 --minify --log-level=warning --banner:js='#!/usr/bin/env node' --outfile=terraform-provider-text

# The platform of the engine: linux_amd64, linux_arm64, darwin_amd64 or darwin_arm64. The file is the same for all of them.
platform=$(node -p 'process.platform + "_" + (process.arch === "x64" ? "amd64" : process.arch)')
folder=terraform.d/plugins/terraform.local/example/text/1.0.0/$platform
mkdir -p "$folder"
mv terraform-provider-text "$folder/terraform-provider-text_v1.0.0"
chmod +x "$folder/terraform-provider-text_v1.0.0"
