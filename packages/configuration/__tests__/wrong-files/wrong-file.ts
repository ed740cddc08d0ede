/** The form of the tables of wrong files. */

/** The lines of a file, or its bytes. */
type Content = readonly string[] | Buffer;

export interface WrongFile {
  readonly name: string;
  /** `bitlift.yaml`, or several files by name. */
  readonly files: Content | Readonly<Record<string, Content>>;
  /** The lines of the text that people see. */
  readonly output: readonly string[];
}
