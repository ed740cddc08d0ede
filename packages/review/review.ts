/** The result of a review: what renderers print, and what the gate decides about. */
import type { Finding } from "./finding";

/** The numbers of objects by what happens to them, over all parts. Only Bitlift's own resources. */
export interface ChangeCounts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  /** Removed from the state, and left as it is. */
  readonly forget: number;
  readonly move: number;
  readonly import: number;
}

export interface ReviewedPart {
  readonly name: string;
  readonly status: "changes" | "none" | "waits" | "failed";
  readonly counts: ChangeCounts;
}

/** A finding with what the gate made of it. */
export interface JudgedFinding extends Finding {
  /** `blocks`: fails the gate. `accepted`: would have blocked. `known`: exists on the base too. `open`: shown only. */
  readonly verdict: "blocks" | "accepted" | "known" | "open";
  /** The note of the acceptance. */
  readonly note: string | undefined;
}

/** What happens to one object, for the picture of the HTML page. */
export type Fate = "unchanged" | "created" | "updated" | "replaced" | "renamed" | "deleted" | "forgotten";

export interface PicturedSpace {
  readonly id: string;
  readonly name: string;
  readonly fate: Fate;
  readonly isExisting: boolean;
  readonly spaces: readonly PicturedSpace[];
  readonly integrations: readonly PicturedIntegration[];
}

export interface PicturedIntegration {
  readonly key: string;
  readonly name: string;
  readonly product: "cloud" | "datacenter";
  readonly isDefault: boolean;
  readonly fate: Fate;
  readonly repositories: readonly { readonly name: string; readonly fate: Fate }[];
  /** Stacks and modules that read through it; undefined if that is not known. */
  readonly consumers: readonly { readonly kind: "stack" | "module"; readonly name: string; readonly losesSource: boolean }[] | undefined;
}

export interface Review {
  readonly parts: readonly ReviewedPart[];
  readonly counts: ChangeCounts;
  /** Most severe first; then by place. */
  readonly findings: readonly JudgedFinding[];
  /** Resources of other providers, by type. */
  readonly otherChanges: readonly { readonly type: string; readonly counts: ChangeCounts }[];
  /** The Space `root` and everything in it. */
  readonly picture: PicturedSpace;
  /** Whether a finding blocks. */
  readonly blocked: boolean;
  /** The commit or plan that it was compared with; undefined without a base. */
  readonly base: string | undefined;
}
