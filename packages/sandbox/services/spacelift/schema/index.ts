// The GraphQL schema of the emulated Spacelift, built once per combination of switches.
import { buildSchema, type GraphQLSchema } from "graphql";
import type { Switches } from "../switches";
import { integrationsSdl } from "./integrations";
import { MODULES_SDL } from "./modules";
import { operationsSdl } from "./operations";
import { SEARCH_SDL } from "./search";
import { spacesSdl } from "./spaces";
import { stacksSdl } from "./stacks";
import { VENDORS_SDL } from "./vendors";

const schemas = new Map<string, GraphQLSchema>();

export function buildSchemaFor(switches: Readonly<Switches>): GraphQLSchema {
  const sdl = spaceliftSdl(switches);
  const known = schemas.get(sdl);
  if (known !== undefined) return known;
  const schema = buildSchema(sdl);
  schemas.set(sdl, schema);
  return schema;
}

function spaceliftSdl(switches: Readonly<Switches>): string {
  return [
    operationsSdl(switches),
    spacesSdl(switches),
    integrationsSdl(switches),
    SEARCH_SDL,
    stacksSdl(switches),
    VENDORS_SDL,
    MODULES_SDL,
  ].join("\n");
}
