/** A Space: Spacelift's container, which decides who may use an integration. */
import { Construct } from "constructs";
import { ROOT_SPACE_ID } from "../packages/domain";
import { Space as SpaceResource } from "./bindings/space";
import type { BitliftProvider } from "./bitlift-provider";
import { declare } from "./declarations";

/** A Space, declared here or not. */
export interface ISpace {
  /** Id in Spacelift; a token until the Space exists. */
  readonly spaceId: string;
  /** The Space above. Undefined for `root`, and where it is not known. */
  readonly parentSpace: ISpace | undefined;
  /** Whether what lives above may be used in it. Undefined where it is not known. */
  readonly inheritsEntities: boolean | undefined;
}

/** Props of a Space. */
export interface SpaceProps {
  /** Name of the Space. Changed in place; Spacelift keeps the id. */
  readonly name: string;
  /**
   * The Space above.
   * @default Space.ROOT
   */
  readonly parent?: ISpace;
  /**
   * Whether stacks and modules in this Space may use what lives in the Spaces above. Known at synthesis: no token.
   * @default false
   */
  readonly inheritEntities?: boolean;
  /**
   * What the Space is for.
   * @default - empty
   */
  readonly description?: string;
  /**
   * Labels, for finding Spaces and for policies.
   * @default - none
   */
  readonly labels?: readonly string[];
  /**
   * The account in which the Space lives.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

/** A Space that this app manages. */
export class Space extends Construct implements ISpace {
  /** The Space at the top of every account. */
  static readonly ROOT: ISpace = { spaceId: ROOT_SPACE_ID, parentSpace: undefined, inheritsEntities: undefined };

  /**
   * A Space that somebody else manages. What lies above it is not known here, so whether it may use an integration is not checked.
   * @param spaceId The id, as in the Space's address in Spacelift: `payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7`.
   */
  static fromSpaceId(spaceId: string): ISpace {
    return spaceId === ROOT_SPACE_ID ? Space.ROOT : { spaceId, parentSpace: undefined, inheritsEntities: undefined };
  }

  readonly spaceId: string;
  readonly parentSpace: ISpace;
  readonly inheritsEntities: boolean;
  /** The provider that manages it; undefined for the stack's default provider. */
  readonly provider: BitliftProvider | undefined;
  /** The props as given. */
  readonly props: SpaceProps;
  private readonly resource: SpaceResource;

  constructor(scope: Construct, id: string, props: SpaceProps) {
    super(scope, id);
    this.props = props;
    this.provider = props.provider;
    this.parentSpace = props.parent ?? Space.ROOT;
    this.inheritsEntities = props.inheritEntities ?? false;
    this.resource = new SpaceResource(this, "Resource", {
      name: props.name,
      parentSpaceId: this.parentSpace.spaceId,
      inheritEntities: this.inheritsEntities,
      ...(props.description !== undefined && { description: props.description }),
      ...(props.labels !== undefined && { labels: [...props.labels] }),
      ...(props.provider !== undefined && { provider: props.provider }),
    });
    this.spaceId = this.resource.id;
    declare("spaces", this);
  }

  /** Takes over a Space that exists: the next apply imports it. Remove the call afterwards. @param spaceId Its id. */
  importFrom(spaceId: string): void {
    this.resource.importFrom(spaceId);
  }
}
