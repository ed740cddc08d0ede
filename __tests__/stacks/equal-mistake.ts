/** What is declared in a file and as constructs. */
import type { TerraformStack } from "cdktf";

export interface Declared {
  readonly title: string;
  /** The lines of the file after its version. */
  readonly file: readonly string[];
  readonly app: (stack: TerraformStack) => void;
}

export interface Mistake extends Declared {
  readonly code: string;
  /** Other files beside it, by name. */
  readonly files?: Readonly<Record<string, string>>;
}
