/** Connects the integration resource of one product with the operations that both products share. */
import type { BitbucketProduct } from "../../domain";
import type { Report, StoredState } from "../../terraform-plugin";
import type { CredentialArguments } from "../credentials/credential-arguments";
import type { Handlers } from "../resource-handlers";
import type { IDENTITY_ATTRIBUTES, IntegrationViews, SETTING_ATTRIBUTES } from "./integration-attributes";

/** Logins and hosts by Spacelift's field names; null if unset. */
export type ProductFields = Readonly<Record<string, string | null>>;

/** The values that a create or an update adds to its plan. */
export interface AppliedIntegration {
  readonly id: string;
  readonly webhook_url: string | null;
  readonly webhook_secret_fingerprint: string | null;
  readonly credential_fingerprint: string | null;
  readonly use_git_checkout: boolean | null;
}

/** The values that a read changes in the state. */
export interface ReadIntegration {
  readonly shared: Partial<StoredState<typeof IDENTITY_ATTRIBUTES & typeof SETTING_ATTRIBUTES>>;
  readonly productFields: ProductFields;
}

export interface IntegrationHandlers<V extends IntegrationViews> extends Handlers<V> {
  validate(context: { readonly config: V["config"]; readonly report: Report }): void;
}

/** `V`: the views of the product's attributes. */
export interface IntegrationAdapter<V extends IntegrationViews> {
  readonly product: BitbucketProduct;
  /** The forms of credential that the product has, with the values of their arguments. */
  readonly credentials: (values: V["config"] | V["plan"] | V["stored"]) => readonly CredentialArguments[];
  readonly toState: (plan: V["plan"], applied: AppliedIntegration) => V["state"];
  readonly toStored: (state: V["stored"], read: ReadIntegration) => V["stored"];
  /** Rules for arguments that only this product has. */
  readonly validateProduct?: (config: V["config"], report: Report) => void;
}
