/** What the engine prints with `show -json`, as far as the review reads it. Every part may be absent. */
type Values = Record<string, unknown>;

export interface ChangeDocument {
  readonly actions?: readonly string[];
  readonly before?: Values | null;
  readonly after?: Values | null;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string; readonly identity?: unknown } | null;
  readonly generated_config?: string;
}

export interface ResourceDocument {
  readonly address?: string;
  readonly previous_address?: string;
  readonly mode?: string;
  readonly type?: string;
  readonly deposed?: string;
  readonly action_reason?: string;
  readonly change?: ChangeDocument;
}

export interface StateModuleDocument {
  readonly resources?: readonly {
    readonly address?: string;
    readonly mode?: string;
    readonly type?: string;
    readonly values?: Values;
    readonly sensitive_values?: unknown;
  }[];
  readonly child_modules?: readonly StateModuleDocument[];
}

export interface ConfigurationModuleDocument {
  readonly resources?: readonly {
    readonly address?: string;
    readonly type?: string;
    readonly expressions?: Readonly<Record<string, unknown>>;
  }[];
}

export interface PlanDocument {
  readonly format_version?: unknown;
  readonly terraform_version?: unknown;
  readonly errored?: boolean;
  readonly complete?: boolean;
  readonly resource_changes?: readonly ResourceDocument[];
  readonly resource_drift?: readonly ResourceDocument[];
  readonly output_changes?: Readonly<Record<string, ChangeDocument>>;
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModuleDocument } };
  readonly configuration?: { readonly root_module?: ConfigurationModuleDocument };
  readonly checks?: readonly {
    readonly address?: { readonly to_display?: string };
    readonly status?: string;
    readonly instances?: readonly { readonly status?: string; readonly problems?: readonly { readonly message?: string }[] }[];
  }[];
  readonly action_invocations?: readonly {
    readonly address?: string;
    readonly type?: string;
    readonly lifecycle_action_trigger?: { readonly triggering_resource_address?: string };
  }[];
}

/** Tolerates a part of another form: newer engines may write one. */
export function list<T>(value: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [];
}
