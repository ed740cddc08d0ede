/** Problems with one integration: hidden, missing, or not supported. */
import { problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import type { Generation } from "./integration-products";
import type { Session } from "./session";

/** What messages name: the account, the key, and the Bitbucket product. */
export interface ProblemScope {
  readonly session: Session;
  readonly title: string;
}

/** The integration is not visible, and nothing shows that it does not exist. */
export function hiddenProblem({ session, title }: ProblemScope, id: string, spaceId: string | null): Problem {
  const space = spaceId === null ? "a Space that the key cannot read" : `the Space "${spaceId}"`;
  return problem(
    "integration-not-visible",
    {
      why: `Spacelift (${session.host}) does not show the ${title} integration "${id}" to ${session.keyName}, but does not say either that it does not exist. It may be hidden in ${space}.`,
      fix: `Use a key with admin access to ${spaceId === null ? "that Space" : space}. If the integration no longer exists, remove it from the state.`,
    },
    { kind: "not-permitted" },
  );
}

/** The target of a change does not exist. */
export function missingTargetProblem({ session, title }: ProblemScope, id: string): Problem {
  return problem(
    "integration-not-found",
    {
      why: `The ${title} integration "${id}" does not exist at Spacelift (${session.host}), or is hidden from ${session.keyName}.`,
      fix: "Run the command again. The next plan shows whether the integration was deleted.",
    },
    { kind: "bad-input", execution: "no" },
  );
}

export function unknownIdProblem({ session, title }: ProblemScope, id: string): Problem {
  return problem("integration-not-found", {
    why: `Spacelift (${session.host}) shows ${session.keyName} no ${title} integration with the ID "${id}".`,
    fix: "Check the ID, and whether the key can read the Space of the integration.",
  });
}

export function unsupportedGenerationProblem({ title }: ProblemScope, generation: Generation): Problem {
  return problem("internal", {
    why: `${title} has no mutations of the generation ${generation}.`,
    fix: "Report this problem with the log of TF_LOG_PROVIDER=debug.",
  });
}
