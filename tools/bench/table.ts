/** Aligns cells in columns, under headings. */

export interface Column {
  readonly heading: string;
  /** Align numbers on the right. */
  readonly right?: boolean;
}

/** The lines with aligned columns, as one text. */
export function tableText(columns: readonly Column[], lines: readonly (readonly string[])[]): string {
  const cells = [columns.map(({ heading }) => heading), ...lines];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const pad = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return columns[column]?.right === true ? text.padStart(width) : text.padEnd(width);
  };
  const [head = [], ...body] = cells;
  const rule = widths.map((width) => "-".repeat(width));
  return [head, rule, ...body].map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}

/** The name of a row, indented if it is a detail of another row. */
export function indented({ what, subject }: { readonly what: string; readonly subject?: string | undefined }): string {
  return subject === undefined ? what : `  ${what}`;
}
