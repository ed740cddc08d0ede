/** Advice for messages about an object that exists already: how to manage it instead of creating it. */

/** Sentences with the ways to import an object. @param thing such as `the existing Space` */
export function importAdvice(thing: string, importId: string): string {
  return (
    `To manage ${thing}, run: terraform import <address> ${importId}. In code, that is an import block with to = <address> and id = "${importId}"; ` +
    `in an app with constructs, call importFrom("${importId}").`
  );
}

/** For an object whose address has changed. */
export const MOVE_ADVICE =
  'add a moved block with from = <old address> and to = <this address>; in an app with constructs, call moveFrom("<old address>")';
