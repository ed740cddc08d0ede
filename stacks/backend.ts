/** The backend that stores the state: any backend, by its Terraform name and arguments. */
import { DataTerraformRemoteState, TerraformBackend, type TerraformRemoteState } from "../lib/host";
import type { Construct } from "constructs";
import { validationError } from "../lib";
import { backendFaults } from "../packages/domain";
import type { Backend } from "../packages/configuration";
import { asData } from "./plain-texts";

/**
 * A backend with the configured arguments.
 * @throws Problem `secret-literal` if an argument is a secret, `value-not-allowed` if one contains a template.
 */
export class ConfiguredBackend extends TerraformBackend {
  readonly #backendArguments: Backend["arguments"];

  constructor(scope: Construct, { type, arguments: backendArguments }: Backend) {
    super(scope, "_backend", type);
    this.#backendArguments = asData(backendArguments);
    // The rules of the file check this too, but a program can pass a configuration of its own.
    const [fault] = backendFaults(type, backendArguments, (text) => JSON.stringify(text));
    if (fault !== undefined) throw validationError(fault.code, { why: fault.why, fix: fault.fix });
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
