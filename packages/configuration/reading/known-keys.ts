/** Finds the keys that the model allows at a path. */
import { z } from "zod";
import type { Path } from "./subject";

/** @param value the map at the path, which decides between alternatives. */
export function keysAt(schema: z.ZodType, path: Path, value: unknown): readonly string[] {
  return objectsAt(schema, path).reduce<readonly string[]>((best, keys) => {
    const count = (names: readonly string[]) => names.filter((name) => typeof value === "object" && value !== null && name in value).length;
    return best.length === 0 || count(keys) > count(best) ? keys : best;
  }, []);
}

function objectsAt(schema: z.core.$ZodType, path: Path): readonly (readonly string[])[] {
  if (schema instanceof z.ZodOptional) return objectsAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => objectsAt(option, path));
  const [first, ...rest] = path;
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
    if (first === undefined) return [Object.keys(shape)];
    const next = shape[String(first)];
    return next === undefined ? [] : objectsAt(next, rest);
  }
  if (first === undefined) return [];
  if (schema instanceof z.ZodRecord) return objectsAt(schema.valueType, rest);
  if (schema instanceof z.ZodArray) return objectsAt(schema.element, rest);
  return [];
}
