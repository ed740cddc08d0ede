/** What other constructs need to know about a Space, whether the app declares it or not. */

/** A Space in Spacelift. */
export interface ISpace {
  /** ID of the Space in Spacelift. A token if the app declares the Space. */
  readonly spaceId: string;
  /** The parent Space. Undefined for `root`, and if the parent is not known. */
  readonly parentSpace: ISpace | undefined;
  /** Whether stacks and modules in this Space may use what belongs to its parent Spaces. Undefined if it is not known. */
  readonly inheritsEntities: boolean | undefined;
}
