/** The backend that stores the state: any backend, by its Terraform name and arguments. */
import { DataTerraformRemoteState, TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import { validationError } from "../lib";
import { isSecretBackendArgument } from "../packages/domain";
import type { Backend } from "../packages/configuration";
import { asData } from "./plain-texts";

/** The texts in a value, at any depth. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)]) : [];
}

/**
 * A backend with the configured arguments.
 * @throws Problem `secret-literal` if an argument is a secret, `value-not-allowed` if one contains a template.
 */
export class ConfiguredBackend extends TerraformBackend {
  readonly #backendArguments: Backend["arguments"];

  constructor(scope: Construct, { type, arguments: backendArguments }: Backend) {
    super(scope, "_backend", type);
    this.#backendArguments = asData(backendArguments);
    const secret = Object.keys(backendArguments).find(isSecretBackendArgument);
    if (secret !== undefined) {
      throw validationError("secret-literal", {
        why: `The backend ${type} has the argument ${secret}. Synthesized files are committed and uploaded, so they must not contain secrets.`,
        fix: "Remove the argument, and set the environment variable of the backend instead, such as AWS_SECRET_ACCESS_KEY, TF_HTTP_PASSWORD, TF_TOKEN_<host>, ARM_CLIENT_SECRET or PG_CONN_STR.",
      });
    }
    // Terraform takes the arguments of a backend as they are, and OpenTofu evaluates them, so no escape is right for both.
    const template = textsIn(backendArguments).find((text) => /[$%]\{/.test(text));
    if (template === undefined) return;
    throw validationError("value-not-allowed", {
      why: `The backend ${type} has ${JSON.stringify(template)}, and engines do not agree on the meaning of \${ and %{ in a backend.`,
      fix: "Write the value itself. For a value that only the engine's environment knows, use the environment variable of the backend.",
    });
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

  /** The base class requires this method. CDKTF calls it only for references between stacks, which the parts of a file do not have. */
  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    return new DataTerraformRemoteState(scope, name, this.#backendArguments as never);
  }
}
