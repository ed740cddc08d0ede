/** Finds the name that a misspelled one probably stands for. */

const MAX_EDITS = 3;

/** The known name with the fewest edits, if the difference is small enough for a typo. */
export function mostSimilar(name: string, known: readonly string[]): string | undefined {
  const limit = Math.min(MAX_EDITS, Math.floor(name.length / 3));
  // Each character of a difference in length is an edit.
  const near = known.filter(({ length }) => Math.abs(length - name.length) <= limit);
  const ranked = near.map((candidate) => ({ candidate, edits: countEdits(name.toLowerCase(), candidate.toLowerCase()) }));
  return ranked.filter(({ edits }) => edits <= limit).toSorted((first, second) => first.edits - second.edits)[0]?.candidate;
}

/** The number of characters to insert, delete, replace, or swap with the next one (the distance of Damerau and Levenshtein). */
function countEdits(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, character] of Array.from(from).entries()) {
    const current = [row + 1];
    for (const [column, target] of Array.from(to).entries()) {
      const replace = (previous[column] ?? 0) + (character === target ? 0 : 1);
      const isSwap = row > 0 && column > 0 && character === to[column - 1] && from[row - 1] === target;
      const swap = isSwap ? (beforePrevious[column - 1] ?? 0) + 1 : Infinity;
      current.push(Math.min(replace, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1, swap));
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous.at(-1) ?? 0;
}
