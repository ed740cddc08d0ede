// The GraphQL schema of the emulated Spacelift, built once per combination of switches.
import { buildSchema, type GraphQLSchema } from "graphql";
import type { Switches } from "../switches";
import { buildIntegrationsSdl } from "./integrations";
import { MODULES_SDL } from "./modules";
import { buildOperationsSdl } from "./operations";
import { SEARCH_SDL } from "./search";
import { buildSpacesSdl } from "./spaces";
import { buildStacksSdl } from "./stacks";
import { VENDORS_SDL } from "./vendors";

const schemas = new Map<string, GraphQLSchema>();

export function buildSchemaFor(switches: Readonly<Switches>): GraphQLSchema {
  const sdl = buildSpaceliftSdl(switches);
  const cached = schemas.get(sdl);
  if (cached !== undefined) return cached;
  const schema = buildSchema(sdl);
  schemas.set(sdl, schema);
  return schema;
}

function buildSpaceliftSdl(switches: Readonly<Switches>): string {
  return [
    buildOperationsSdl(switches),
    buildSpacesSdl(switches),
    buildIntegrationsSdl(switches),
    SEARCH_SDL,
    buildStacksSdl(switches),
    VENDORS_SDL,
    MODULES_SDL,
  ].join("\n");
}
