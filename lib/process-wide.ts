/** What all copies of this library in one process share. An app has several copies if a package of constructs brings its own. */
import { version } from "../package.json";

/** The value with this name, created by the first copy of this version. Other versions may use other types, so they do not share. */
export function processWide<T>(name: string, create: () => T): T {
  const key = Symbol.for(`bitlift ${version} ${name}`);
  const values = globalThis as { [key: symbol]: T | undefined };
  return (values[key] ??= create());
}
