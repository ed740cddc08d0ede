/** Diagnostics that every resource and data source can raise: from arguments, from the provider's settings, from remote calls. */
import type { DiagnosticCode } from "../domain";
import { RUNTIME_CATALOG } from "../terraform-plugin";

const PROVIDER_CODES: readonly DiagnosticCode[] = [
  "spacelift-not-configured",
  "spacelift-credentials-conflict",
  "bitbucket-cloud-not-configured",
  "bitbucket-datacenter-not-configured",
  "bitbucket-credentials-conflict",
  "credential-variable-not-set",
  "provider-setting-invalid",
  "credential-address-mismatch",
  "address-not-allowed",
  "provider-configuration-unknown",
  "remote-unreachable",
  "remote-response-invalid",
  "remote-request-rejected",
  "remote-unauthenticated",
  "remote-permission-denied",
  "remote-redirect",
  "remote-rate-limited",
];

export const RAISED_ANYWHERE: readonly string[] = [...Object.keys(RUNTIME_CATALOG.summaries), ...PROVIDER_CODES];
