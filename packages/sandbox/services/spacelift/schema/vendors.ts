// GraphQL schema: the settings of a stack for each vendor (Terraform, OpenTofu, Pulumi, …).

export const VENDORS_SDL = `
union StackConfigVendor =
    StackConfigVendorAnsible | StackConfigVendorCloudFormation | StackConfigVendorKubernetes | StackConfigVendorOpenTofu
  | StackConfigVendorPulumi | StackConfigVendorTerraform | StackConfigVendorTerragrunt
type StackConfigVendorAnsible { playbook: String }
type StackConfigVendorCloudFormation { entryTemplateFile: String region: String stackName: String templateBucket: String }
type StackConfigVendorKubernetes { namespace: String kubectlVersion: String kubernetesWorkflowTool: String }
type StackConfigVendorOpenTofu {
  concise: Boolean externalStateAccessEnabled: Boolean useSmartSanitization: Boolean version: String workflowTool: OpenTofuWorkflowTool workspace: String
}
type StackConfigVendorPulumi { loginURL: String stackName: String }
type StackConfigVendorTerraform {
  useSmartSanitization: Boolean version: String workflowTool: TerraformWorkflowTool workspace: String externalStateAccessEnabled: Boolean
}
type StackConfigVendorTerragrunt {
  terraformVersion: String terragruntVersion: String useRunAll: Boolean useSmartSanitization: Boolean useStateManagement: Boolean
  prefixResourceNamesWithModuleName: Boolean skipReplanWhenRunAll: Boolean skipReplan: Boolean tool: String
}
enum TerraformWorkflowTool { TERRAFORM_FOSS OPEN_TOFU CUSTOM }
enum OpenTofuWorkflowTool { OPEN_TOFU CUSTOM }

input VendorConfigInput {
  ansible: AnsibleInput
  cloudFormation: CloudFormationInput
  kubernetes: KubernetesInput
  opentofu: OpenTofuInput
  pulumi: PulumiInput
  terraform: TerraformInput
  terragrunt: TerragruntInput
}
input AnsibleInput { playbook: String }
input CloudFormationInput { entryTemplateFile: String region: String stackName: String templateBucket: String }
input KubernetesInput { namespace: String kubectlVersion: String kubernetesWorkflowTool: String }
input OpenTofuInput {
  concise: Boolean externalStateAccessEnabled: Boolean useSmartSanitization: Boolean version: String workflowTool: OpenTofuWorkflowTool workspace: String
}
input PulumiInput { loginURL: String stackName: String }
input TerraformInput {
  useSmartSanitization: Boolean version: String workflowTool: TerraformWorkflowTool workspace: String externalStateAccessEnabled: Boolean
}
input TerragruntInput {
  terraformVersion: String terragruntVersion: String useRunAll: Boolean useSmartSanitization: Boolean useStateManagement: Boolean
  prefixResourceNamesWithModuleName: Boolean skipReplanWhenRunAll: Boolean skipReplan: Boolean tool: String
}
`;
