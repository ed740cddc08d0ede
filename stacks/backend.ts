/** The backend that stores the state: any backend, by its Terraform name and arguments. */
import { DataTerraformRemoteState, TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import { validationError } from "../lib";
import type { BackendConfiguration } from "./configuration-model";

type BackendArguments = BackendConfiguration[string];

/** Arguments that would write a secret to the synthesized file. The engine can also read each of them from the environment. */
const SECRET_ARGUMENT =
  /^(password|token|access_key|secret_key|session_token|client_secret|client_certificate_password|sas_token|conn_str|credentials|access_token|encryption_key)$/;

/**
 * A backend with the configured arguments.
 * @throws Problem `secret-literal` if an argument is a secret.
 */
export class ConfiguredBackend extends TerraformBackend {
  readonly #backendArguments: BackendArguments;

  constructor(scope: Construct, type: string, backendArguments: BackendArguments) {
    super(scope, "backend", type);
    this.#backendArguments = backendArguments;
    const secret = Object.keys(backendArguments).find((name) => SECRET_ARGUMENT.test(name));
    if (secret !== undefined) {
      throw validationError("secret-literal", {
        why: `The backend ${type} has the argument ${secret}. Synthesized files are committed and uploaded, so they must not contain secrets.`,
        fix: "Remove the argument, and set the environment variable of the backend instead, such as AWS_SECRET_ACCESS_KEY, TF_HTTP_PASSWORD, TF_TOKEN_<host>, ARM_CLIENT_SECRET or PG_CONN_STR.",
      });
    }
  }

  /** In Terraform, `cloud` is a separate block, not a backend type. */
  override toTerraform(): unknown {
    const backendArguments = this.#backendArguments;
    return { terraform: this.name === "cloud" ? { cloud: backendArguments } : { backend: { [this.name]: backendArguments } } };
  }

  /** cdktf needs to know whether the operations of `cloud` and `remote` run in HCP Terraform or Terraform Enterprise. */
  override toMetadata(): unknown {
    const metadata = super.toMetadata() as Record<string, unknown>;
    if (this.name !== "cloud" && this.name !== "remote") return metadata;
    const { hostname } = this.#backendArguments;
    return { ...metadata, cloud: hostname === undefined || hostname === "app.terraform.io" ? "tfc" : "tfe" };
  }

  /** The base class requires this method. CDKTF calls it only for references between stacks, and this app has one stack. */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    return new DataTerraformRemoteState(scope, name, this.#backendArguments as never);
  }
}
