/** Where the state is kept: any backend, by its Terraform name and arguments. */
import { DataTerraformRemoteState, TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import { validationError } from "../lib";

/** One backend by its Terraform name: `{ "s3": { "bucket": "…", "key": "…", "region": "…" } }`. */
export type BackendConfiguration = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Arguments that would put a secret into the synthesised file, and how each backend takes it otherwise. */
const SECRET =
  /^(password|token|access_key|secret_key|session_token|client_secret|client_certificate_password|sas_token|conn_str|credentials|access_token|encryption_key)$/;

/** A backend as configured. `cloud` is not a backend to Terraform, and cdktf wants to know of it and of `remote`. */
export class ConfiguredBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    type: string,
    private readonly settings: Readonly<Record<string, unknown>>,
  ) {
    super(scope, "backend", type);
    const secret = Object.keys(settings).find((name) => SECRET.test(name));
    if (secret !== undefined) {
      throw validationError("secret-literal", {
        why: `The backend ${type} has the argument ${secret}, and what is synthesised is committed and uploaded.`,
        fix: `Take it out; the engine reads it from the environment (such as AWS_SECRET_ACCESS_KEY, TF_HTTP_PASSWORD, TF_TOKEN_<host>, ARM_CLIENT_SECRET, PG_CONN_STR).`,
      });
    }
  }

  override toTerraform(): unknown {
    return { terraform: this.name === "cloud" ? { cloud: this.settings } : { backend: { [this.name]: this.settings } } };
  }

  override toMetadata(): unknown {
    const { hostname } = this.settings;
    const own = super.toMetadata() as Record<string, unknown>;
    if (this.name !== "cloud" && this.name !== "remote") return own;
    return { ...own, cloud: hostname === undefined || hostname === "app.terraform.io" ? "tfc" : "tfe" };
  }

  /** Only for references between stacks, which one stack has none of. */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    return new DataTerraformRemoteState(scope, name, this.settings as never);
  }
}
