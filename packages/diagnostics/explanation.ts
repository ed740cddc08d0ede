/** What the documentation says about a code, beyond one message: when the code is raised, and what helps. */
import type { CommonCode } from "./catalog";

/** Markdown. Relative links start at the folder of the documentation page. */
export interface Explanation {
  /** When the code is raised; complete sentences. */
  readonly cause: string;
  /** What to do; complete sentences. */
  readonly fix: string;
}

/** One explanation for each code: the compiler names the codes that have none. */
export type Explanations<Code extends string> = Readonly<Record<Code, Explanation>>;

export const COMMON_EXPLANATIONS: Explanations<CommonCode> = {
  "value-missing": {
    cause:
      "A required argument, property or ID has no value: it is unset, empty, or null, or a list contains a null element. An expression often yields null without being noticed, for example a variable without a value.",
    fix: "Set the value that the message names. Remove null elements of a list with `compact([…])`.",
  },
  "value-not-allowed": {
    cause:
      "A value has the wrong form, is not one of the allowed values, or does not fit the object: a name that is not a repository, an event of the other Bitbucket product, a provider of another stack. The message quotes the value.",
    fix: "Replace the value with one of the form that the message shows.",
  },
  internal: {
    cause: "The program reached a state that it does not expect: an error in the program itself, or two versions of it in one run.",
    fix: "Run `init -upgrade`, then the same command again. If the error stays, run the command with `TF_LOG_PROVIDER=debug`, and report the message with that log. The log contains no secrets.",
  },
  "operation-canceled": {
    cause: "The engine asked the provider to stop, usually because someone pressed Ctrl+C or a pipeline reached its time limit.",
    fix: "Run the same command again. The state contains everything that was done, and the next plan shows what remains. If the message says that it is not known whether a request was executed, the next plan looks it up.",
  },
};
