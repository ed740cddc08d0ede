/** A Space: the Spacelift container that determines which stacks and modules may use an integration. */
import { Token, type ITerraformDependable } from "./host";
import { Construct } from "constructs";
import { ROOT_SPACE_ID, type Backing } from "../packages/domain";
import { backingOf, type BackingOptions } from "./backing";
import { Space as SpaceResource } from "./bindings/space";
import type { BitliftProvider } from "./bitlift-provider";
import { publishedProvider } from "./published/published-providers";
import { Space as PublishedSpace, type SpaceConfig } from "./providers/spacelift/space";
import { propsOf, scopeAndId } from "./props/checked-props";
import { filledText, isToken } from "./props/plain-types";
import { SPACE_PROPS } from "./props/prop-tables";
import { importResource, moveResource } from "./resource-address";
import { reportUnusableLifecycle, withReferences } from "./resource-lifecycle";
import type { ResourceOptions } from "./resource-options";
import type { ISpace } from "./space-reference";
import { register } from "./validation";
import { required } from "./props/value-type";

/** Props of `Space`. */
export interface SpaceProps extends ResourceOptions, BackingOptions {
  /** Name of the Space. Changing the name updates the Space in place; its ID does not change. */
  readonly name: string;
  /**
   * The parent Space.
   * @default Space.ROOT
   */
  readonly parent?: ISpace;
  /**
   * Whether stacks and modules in this Space may use what belongs to its parent Spaces. Must be known at synthesis, so it cannot be a token.
   * @default false
   */
  readonly inheritEntities?: boolean;
  /**
   * Description of the Space.
   * @default - empty
   */
  readonly description?: string;
  /**
   * Labels for searches and policies.
   * @default - no labels
   */
  readonly labels?: readonly string[];
  /**
   * The provider that manages the Space. It determines the Spacelift account.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

const IMPORT_ID = required(filledText("Pass the ID of the Space in Spacelift as a text."));

/** A Space that this app manages. */
export class Space extends Construct implements ISpace, ITerraformDependable {
  /** The root Space of the account. */
  static readonly ROOT: ISpace = { spaceId: ROOT_SPACE_ID, parentSpace: undefined, inheritsEntities: undefined };

  /**
   * References a Space that is managed elsewhere. Its parents are not known, so synthesis cannot check whether stacks and modules in it may
   * use an integration.
   * @param spaceId ID of the Space, as in its URL in Spacelift: `payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7`.
   */
  static fromSpaceId(spaceId: string): ISpace {
    if (spaceId === ROOT_SPACE_ID) return Space.ROOT;
    return { spaceId: isToken(spaceId) ? Token.asString(spaceId) : spaceId, parentSpace: undefined, inheritsEntities: undefined };
  }

  readonly spaceId: string;
  readonly parentSpace: ISpace;
  readonly inheritsEntities: boolean;
  /** Which providers manage the Space. */
  readonly backing: Backing;
  /** The provider that manages the Space. Undefined for the default provider of the stack. */
  readonly provider: BitliftProvider | undefined;
  /** The props of this Space. */
  readonly props: SpaceProps;
  readonly #resource: SpaceResource | PublishedSpace;

  constructor(scope: Construct, id: string, props: SpaceProps) {
    super(...scopeAndId("Space", scope, id));
    this.props = propsOf(this, SPACE_PROPS, props);
    const { name, parent = Space.ROOT, inheritEntities = false, description, labels, provider, dependsOn, lifecycle } = this.props;
    this.provider = provider;
    this.parentSpace = parent;
    this.inheritsEntities = inheritEntities;
    this.backing = backingOf(this, this.props.backing);
    const config: SpaceConfig = {
      name,
      parentSpaceId: parent.spaceId,
      inheritEntities,
      description,
      labels: labels && [...labels],
      dependsOn: dependsOn && [...dependsOn],
      lifecycle: lifecycle && withReferences(lifecycle),
    };
    this.#resource =
      this.backing === "published"
        ? new PublishedSpace(this, "Resource", { ...config, provider: publishedProvider(this, "spacelift", provider) })
        : new SpaceResource(this, "Resource", { ...config, provider });
    reportUnusableLifecycle(this, this.#resource, lifecycle);
    this.spaceId = this.#resource.id;
    register("spaces", this);
  }

  /**
   * Imports an existing Space with the next apply. Remove the call afterwards.
   * @param spaceId ID of the Space in Spacelift.
   */
  importFrom(spaceId: string): void {
    importResource(this, this.#resource, "spaceId", IMPORT_ID, spaceId);
  }

  /**
   * Keeps the Space when its Terraform address changes, for example because you changed its construct ID, its scope or its class.
   *
   * It also takes over a Space that Spacelift's own provider manages. This needs Terraform 1.8 or OpenTofu 1.10. Leave that provider
   * installed until the apply: engines load every provider of the state.
   * @param address The previous address, such as `bitlift_space.payments_7C0E6D3F` or `spacelift_space.payments`.
   */
  moveFrom(address: string): void {
    moveResource(this, this.#resource, address);
  }

  /** The address of the Space in expressions of the engine. */
  get fqn(): string {
    return this.#resource.fqn;
  }
}
