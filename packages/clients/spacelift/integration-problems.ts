/** Problems with one integration: not visible, not found, or not supported. */
import { ISSUES_URL, problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import type { Generation } from "./integration-products";
import type { Session } from "./session";

/** What messages name: the account, the key, and the Bitbucket product. */
export interface ProblemScope {
  readonly session: Session;
  readonly title: string;
}

/** The integration is not visible, and nothing shows that it does not exist. */
export function notVisibleProblem({ session, title }: ProblemScope, id: string, spaceId: string | null): Problem {
  const space = spaceId === null ? "a Space that the key cannot read" : `the Space "${spaceId}"`;
  return problem(
    "integration-not-visible",
    {
      why: `The ${title} integration "${id}" is not visible to ${session.keyName} at Spacelift (${session.host}). It may still exist in ${space}.`,
      fix: `Use a key with admin access to ${spaceId === null ? "that Space" : space}. If the integration no longer exists, remove it from the state with a removed block (destroy = false) or with state rm.`,
    },
    { kind: "not-permitted" },
  );
}

/** The target of a change does not exist. */
export function targetNotFoundProblem({ session, title }: ProblemScope, id: string): Problem {
  return problem(
    "integration-not-found",
    {
      why: `The ${title} integration "${id}" does not exist at Spacelift (${session.host}), or is not visible to ${session.keyName}.`,
      fix: "Run the command again. The next plan shows whether the integration was deleted.",
    },
    { kind: "bad-input", execution: "no" },
  );
}

export function unknownIdProblem({ session, title }: ProblemScope, id: string): Problem {
  return problem("integration-not-found", {
    why: `No ${title} integration with the ID "${id}" is visible to ${session.keyName} at Spacelift (${session.host}).`,
    fix: "Check the ID, and whether the key can read the Space of the integration.",
  });
}

export function unsupportedGenerationProblem({ title }: ProblemScope, generation: Generation): Problem {
  return problem("internal", {
    why: `${title} has no mutations of the generation ${generation}.`,
    fix: `Report this problem with the log of TF_LOG_PROVIDER=debug at ${ISSUES_URL}.`,
  });
}
