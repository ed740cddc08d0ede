/** What the gate decides by. */
import type { Configuration } from "../../configuration";
import type { GivenAcceptance } from "./acceptance";
import type { FailOn } from "./fail-on";

/** The rules in one version of the file. */
export interface FileRules extends Pick<Configuration, "accept" | "mostRemovals"> {
  /** The keys of the file by what they name; undefined if that is not known. */
  readonly keys?: { readonly Space: ReadonlySet<string>; readonly integration: ReadonlySet<string> };
  /** Why these are not the rules of the project itself, as a sentence. */
  readonly caveat?: string;
}

export interface GatePolicy {
  readonly failOn: FailOn;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly commandLine: readonly GivenAcceptance[];
  /** Of the change that is reviewed; undefined for an app without a file. */
  readonly head: FileRules | undefined;
  /** Of the base; undefined without one. */
  readonly base: FileRules | undefined;
  /** Whether `--accept-removals` accepts exactly the removals over the limit. */
  readonly acceptsRemovals: boolean;
  /** Lets the change accept its own findings. */
  readonly acceptFromHead: boolean;
  /** Fingerprints of the findings that the base has too. */
  readonly known: ReadonlySet<string>;
  /** Whether parts are missing from the review, so that an acceptance may name what is in them. */
  readonly isPartial: boolean;
}

/** The rules of a project without a file, and of a base that does not have the file yet. */
export const DEFAULT_RULES: FileRules = { accept: [], mostRemovals: 0.25 };

/**
 * The limit on removals that counts: the one of the base. Without a base, a change can lower the default, and not raise it, because it could be the
 * change that the limit is there to stop.
 */
export function countedLimit({ head, base, acceptFromHead }: Pick<GatePolicy, "head" | "base" | "acceptFromHead">): number {
  const own = (head ?? DEFAULT_RULES).mostRemovals;
  if (acceptFromHead) return own;
  return base === undefined ? Math.min(own, DEFAULT_RULES.mostRemovals) : base.mostRemovals;
}
