/** Facts for the reference page of a resource that its declaration does not contain. */
export interface ResourceReference {
  /** What an import cannot read, as a noun phrase. The first apply after an import records it in place. */
  readonly notImported?: string;
  /** What the configuration that the engine generates lacks, and what to do about it, as sentences. */
  readonly notGenerated?: string;
  /** What the first apply after a move from a published provider does, as sentences, if it can do more than record arguments. */
  readonly afterMove?: string;
  /** The events that Spacelift needs, with the words of Bitbucket's settings page. */
  readonly requiredEvents?: readonly { readonly group: string; readonly label: string; readonly key: string }[];
}
