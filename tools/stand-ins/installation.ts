/** Builds the stand-ins, and writes the mirror and the CLI configuration with which an engine installs them instead of the published providers. */
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { buildPlugin } from "../build/plugin";
import bitbucket from "../generate/published-schemas/bitbucket.json";
import bitbucketserver from "../generate/published-schemas/bitbucketserver.json";
import spacelift from "../generate/published-schemas/spacelift.json";
import nullSchemas from "./null/schemas.json";
import { redirectBitbucketCloud } from "./redirect";

type Variables = Readonly<Record<string, string | undefined>>;

/** The providers by their names, as `required_providers` lists them. Engines write their addresses in lowercase letters. */
const PROVIDERS = {
  spacelift: required(spacelift),
  bitbucket: required(bitbucket),
  bitbucketserver: required(bitbucketserver),
  null: required(nullSchemas),
};

/** Terraform and OpenTofu complete a source without a host by different hosts. */
const HOSTS = ["registry.terraform.io", "registry.opentofu.org"];

/** Names a folder with the executables of the published providers. They are then installed instead of the stand-ins. */
const PUBLISHED_VARIABLE = "PUBLISHED_PROVIDERS";

export interface StandIns {
  /** Folder of the mirror. Other plugins can be added to it. */
  readonly mirror: string;
  /** Path of a CLI configuration that takes all providers from the mirror, for TF_CLI_CONFIG_FILE. */
  readonly cliConfig: string;
  /** For `required_providers`. */
  readonly providers: typeof PROVIDERS;
  /**
   * Environment variables that point the engine to the CLI configuration, and the stand-ins to a sandbox. The login for Bitbucket Data Center is in
   * the variables of Terraform `bitbucketserver_username` and `bitbucketserver_password`, because both published providers for Bitbucket read
   * BITBUCKET_USERNAME.
   */
  variables(sandbox: Variables): Promise<Variables>;
}

/** @param folder an existing folder, in which the mirror is created */
export async function installStandIns(folder: string): Promise<StandIns> {
  const mirror = join(folder, "mirror");
  const cliConfig = join(folder, "stand-ins.tfrc");
  const executables = await findExecutables(folder);
  const system = `${platform()}_${arch() === "arm64" ? "arm64" : "amd64"}`;
  for (const [name, { source, version }] of Object.entries(PROVIDERS)) {
    for (const host of HOSTS) {
      const target = join(mirror, host, source, version, system);
      await mkdir(target, { recursive: true });
      await copyFile(executables(name), join(target, `terraform-provider-${name}_v${version}`));
    }
  }
  await writeFile(cliConfig, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  const variables = async (sandbox: Variables) => ({ TF_CLI_CONFIG_FILE: cliConfig, ...(await variablesOf(sandbox)) });
  return { mirror, cliConfig, providers: PROVIDERS, variables };
}

/** The path of each provider's executable, by its name. */
async function findExecutables(folder: string): Promise<(name: string) => string> {
  const published = process.env[PUBLISHED_VARIABLE];
  if (published === undefined) {
    const executable = join(folder, "terraform-provider-stand-in");
    await buildPlugin({ entry: join(__dirname, "main.ts"), outfile: executable });
    return () => executable;
  }
  const files = await readdir(published);
  return (name) => {
    const file = files.find((candidate) => new RegExp(`^terraform-provider-${name}(_v.*)?$`).test(candidate));
    if (file === undefined) throw new Error(`${PUBLISHED_VARIABLE} names a folder without terraform-provider-${name}: ${published}`);
    return join(published, file);
  };
}

function required({ source, version }: { readonly source: string; readonly version: string }) {
  return { source, version };
}

/** Spacelift's own variables have the same names in the sandbox. */
async function variablesOf(sandbox: Variables): Promise<Variables> {
  return {
    ...(await bitbucketCloudVariables(sandbox["BITBUCKET_API_URL"])),
    BITBUCKET_OAUTH_TOKEN: sandbox["BITBUCKET_ACCESS_TOKEN"],
    BITBUCKET_SERVER: sandbox["BITBUCKET_DATACENTER_URL"],
    TF_VAR_bitbucketserver_username: "admin",
    TF_VAR_bitbucketserver_password: sandbox["BITBUCKET_DATACENTER_TOKEN"],
  };
}

async function bitbucketCloudVariables(url: string | undefined): Promise<Variables> {
  if (process.env[PUBLISHED_VARIABLE] === undefined || url === undefined) return { STAND_IN_BITBUCKET_API_URL: url };
  const { proxy, certificate } = await redirectBitbucketCloud(url);
  return { HTTPS_PROXY: proxy, SSL_CERT_FILE: certificate };
}
