// GraphQL schema: built once per combination of switches.
import { buildSchema, type GraphQLSchema } from "graphql";
import type { Switches } from "../switches";
import { integrationsSdl } from "./integrations";
import { operationsSdl } from "./operations";
import { stacksSdl } from "./stacks";

const built = new Map<string, GraphQLSchema>();

export function schemaFor(switches: Readonly<Switches>): GraphQLSchema {
  const sdl = spaceliftSdl(switches);
  const known = built.get(sdl);
  if (known !== undefined) return known;
  const schema = buildSchema(sdl);
  built.set(sdl, schema);
  return schema;
}

export function spaceliftSdl(switches: Readonly<Switches>): string {
  return [operationsSdl(switches), integrationsSdl(switches), stacksSdl(switches)].join("\n");
}
