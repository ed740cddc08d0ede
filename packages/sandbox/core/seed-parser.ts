// Parses the seed of a service: checks its JSON Schema first, then the rules that JSON Schema cannot express.
import { createSeedError, createSeedValidator } from "./seed-validation";

/**
 * The returned function throws an Error that lists each problem with its JSON path.
 * @param subject of the error message, such as "The seed of Bitbucket Cloud"
 * @param schema must describe the type `Seed`
 */
export function createSeedParser<Seed>(
  subject: string,
  schema: object,
  findContradictions: (seed: Seed) => readonly string[],
): (data: unknown) => Seed {
  const validate = createSeedValidator(schema);
  return (data) => {
    const problems = validate(data);
    if (problems.length > 0) throw createSeedError(subject, problems);
    const seed = data as Seed; // The schema has just validated it.
    const contradictions = findContradictions(seed);
    if (contradictions.length > 0) throw createSeedError(subject, contradictions);
    return seed;
  };
}
