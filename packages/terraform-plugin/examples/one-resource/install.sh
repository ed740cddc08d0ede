# Installs the runtime, and the tools that build a provider.
npm init --yes
npm install ./bitlift-terraform-plugin-*.tgz
npm install --save-dev typescript@5 esbuild@0.28 @types/node@20
