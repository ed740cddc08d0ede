/** The provider block of a stack. Synthesis places the provider plugin next to the stack. */
import { TerraformStack } from "./host";
import type { Construct } from "constructs";
import { BitliftProvider as ProviderBlock } from "./bindings/provider";
import { backingOf } from "./backing";
import { scopeAndId, valueOf } from "./props/checked-props";
import { loginArguments, type BitbucketCloudLogin, type BitbucketDatacenterLogin, type SpaceliftLogin } from "./logins";
import { placePluginAtSynthesis } from "./plugin/plugin-placement";
import { needsOwnProvider } from "./published/own-provider";
import { keepPublishedProviders } from "./published/published-providers";
import { PROVIDER_PROPS } from "./props/prop-tables";
import { register } from "./validation";
import { checkProps } from "./props/value-type";

/** Props of `BitliftProvider`. */
export interface BitliftProviderProps {
  /**
   * Alias of an additional provider in the same stack, for another Spacelift account or another Bitbucket. To use it, pass the construct
   * as `provider` to integrations, Spaces and webhooks.
   * @default - this is the default provider of the stack
   */
  readonly alias?: string;
  /**
   * Login to Spacelift. The environment provides what you omit: the rest of a login if you set a part of it, or else the whole login.
   * @default - read from SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID and SPACELIFT_API_KEY_SECRET, or from SPACELIFT_API_TOKEN
   */
  readonly spacelift?: SpaceliftLogin;
  /**
   * Login to Bitbucket Cloud that manages webhooks.
   * @default - read from BITBUCKET_ACCESS_TOKEN, from BITBUCKET_EMAIL and BITBUCKET_API_TOKEN, or from BITBUCKET_USERNAME and BITBUCKET_PASSWORD
   */
  readonly bitbucketCloud?: BitbucketCloudLogin;
  /**
   * Login to a Bitbucket Data Center server that manages webhooks. Each server needs its own provider: set `alias` on all but one.
   * @default - read from BITBUCKET_DATACENTER_URL with BITBUCKET_DATACENTER_TOKEN, or with BITBUCKET_DATACENTER_USERNAME and BITBUCKET_DATACENTER_PASSWORD
   */
  readonly bitbucketDatacenter?: BitbucketDatacenterLogin;
  /**
   * Maximum total time to wait while a remote system limits the request rate, as a duration: `30s`, `5m`, `1h30m`.
   * @default "1h"
   */
  readonly rateLimitMaxWait?: string;
  /**
   * Timeout of a single request, as a duration.
   * @default "30s"
   */
  readonly requestTimeout?: string;
  /**
   * Maximum number of concurrent requests to a remote host.
   * @default 8
   */
  readonly maxConcurrentRequests?: number;
  /**
   * Maximum number of repositories that one plan looks up before it creates webhooks in them. The plan then warns about webhooks that will be
   * adopted, and about repositories that do not exist. 0 turns this off.
   * @default 100
   */
  readonly lookBeforeCreate?: number;
  /**
   * Path of the provider plugin. Needed only to develop the plugin itself.
   * @default - the plugin that is part of this package
   */
  readonly pluginPath?: string;
}

/**
 * Configures the provider `bitlift`. Every stack that contains Bitlift constructs needs one. With published backing, it is optional: its logins
 * then configure the published providers.
 *
 * Synthesis writes the provider plugin next to the configuration of the stack and records its hash in the dependency lock file, so the
 * engine does not contact a registry for it.
 * @throws Problem `plugin-missing` at synthesis if the plugin does not exist, or `lock-file-unreadable` if the lock file cannot be updated.
 */
export class BitliftProvider extends ProviderBlock {
  /** The props of this provider. */
  readonly props: BitliftProviderProps;

  constructor(scope: Construct, id: string, given: BitliftProviderProps = {}) {
    const checked = checkProps(PROVIDER_PROPS, given);
    const props = checked.value;
    const {
      alias,
      rateLimitMaxWait,
      requestTimeout,
      maxConcurrentRequests,
      lookBeforeCreate,
      spacelift,
      bitbucketCloud,
      bitbucketDatacenter,
    } = props;
    super(...scopeAndId("BitliftProvider", scope, id), {
      alias,
      rateLimitMaxWait,
      requestTimeout,
      maxConcurrentRequests,
      lookBeforeCreate,
      spacelift: spacelift && loginArguments(spacelift),
      bitbucketCloud: bitbucketCloud && loginArguments(bitbucketCloud),
      bitbucketDatacenter: bitbucketDatacenter && loginArguments(bitbucketDatacenter),
    });
    this.props = valueOf(this, checked);
    const stack = TerraformStack.of(this);
    placePluginAtSynthesis(stack, {
      source: this.terraformProviderSource ?? "",
      path: props.pluginPath,
      isNeeded: () => needsOwnProvider(stack),
    });
    keepPublishedProviders(this, backingOf(stack, undefined) === "published");
    register("providers", this);
  }

  /** Nothing if the published providers manage the whole stack: their blocks contain the logins. */
  override toTerraform(): unknown {
    return needsOwnProvider(TerraformStack.of(this)) ? super.toTerraform() : {};
  }

  override toHclTerraform(): unknown {
    return needsOwnProvider(TerraformStack.of(this)) ? super.toHclTerraform() : {};
  }
}
