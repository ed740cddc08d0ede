/** What the published provider selects of a stack and of a module, in its order. */
const INTEGRATIONS =
  "integrations{aws{assumedRoleArn,assumeRolePolicyStatement,externalID,generateCredentialsInWorker,durationSeconds,region},driftDetection{ignoreState,reconcile,schedule,timezone},gcp{serviceAccountEmail,tokenScopes},webhooks{id,enabled,endpoint,secret,retryOnFailure}}";
const SPACE = "spaceDetails{id,description,name,inheritEntities,parentSpace,labels}";
const VENDORS = [
  "__typename",
  "... on StackConfigVendorAnsible{playbook}",
  "... on StackConfigVendorCloudFormation{entryTemplateFile,region,stackName,templateBucket}",
  "... on StackConfigVendorKubernetes{namespace,kubectlVersion,kubernetesWorkflowTool}",
  "... on StackConfigVendorOpenTofu{concise,externalStateAccessEnabled,useSmartSanitization,version,openTofuWorkflowTool:workflowTool,workspace}",
  "... on StackConfigVendorPulumi{loginURL,stackName}",
  "... on StackConfigVendorTerraform{useSmartSanitization,version,workflowTool,workspace,externalStateAccessEnabled}",
  "... on StackConfigVendorTerragrunt{terraformVersion,terragruntVersion,useRunAll,useSmartSanitization,useStateManagement,prefixResourceNamesWithModuleName,skipReplanWhenRunAll,skipReplan,tool}",
].join(",");

export const STACK_FIELDS = `{id,administrative,afterApply,afterDestroy,afterInit,afterPerform,afterPlan,afterRun,autodeploy,autoretry,beforeApply,beforeDestroy,beforeInit,beforePerform,beforePlan,branch,deleting,description,isDisabled,githubActionDeploy,${INTEGRATIONS},labels,localPreviewEnabled,enableWellKnownSecretMasking,enableSensitiveOutputUpload,managesStateFile,name,namespace,projectRoot,additionalProjectGlobs,gitSparseCheckoutPaths,protectFromDeletion,provider,repository,repositoryURL,runnerImage,space,${SPACE},terraformVersion,vcsIntegration{id,isDefault},vendorConfig{${VENDORS}},workerPool{id}}`;

export const MODULE_FIELDS = `{id,administrative,branch,description,${INTEGRATIONS},labels,localPreviewEnabled,moduleShares{id,from{account{subdomain},space{id}},to{account{subdomain},space{id}},module{name,description,labels}},name,namespace,projectRoot,gitSparseCheckoutPaths,protectFromDeletion,provider,public,repository,repositoryURL,runnerImage,space,${SPACE},terraformProvider,vcsIntegration{id,isDefault},workerPool{id},workflowTool}`;
