/** Reads an example file, as reference pages embed it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { problem } from "../../packages/domain";
import { ROOT } from "./document";

/** The text below the first line, which is the comment that says what the file is for. */
export async function readExample(path: string): Promise<string> {
  try {
    const text = await readFile(join(ROOT, path), "utf8");
    return text.trim().split("\n").slice(1).join("\n").trim();
  } catch (cause) {
    throw problem(
      "internal",
      { why: `The reference page needs the example ${path}, which cannot be read.`, fix: `Write ${path}.` },
      { cause },
    );
  }
}
