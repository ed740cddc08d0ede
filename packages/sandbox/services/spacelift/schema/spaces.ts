// GraphQL schema: the caller, and Spaces.
import type { Switches } from "../switches";

const SPACE_SDL = `
type Space {
  id: ID!
  name: String!
  description: String!
  parentSpace: ID
  inheritEntities: Boolean!
  labels: [String!]!
}
input SpaceInput { name: String! description: String! parentSpace: ID! inheritEntities: Boolean! labels: [String!] }
type SpaceConnection { edges: [SpaceEdge!]! pageInfo: PageInfo! }
type SpaceEdge { cursor: String! node: Space! }
`;

export function buildSpacesSdl(switches: Readonly<Switches>): string {
  const admin = switches["viewer-admin-field"] === "present" ? "admin: Boolean!" : "";
  return `
type User { id: ID! jwt: String! validUntil: Int! }
type Viewer { id: ID! name: String! ${admin} }
${SPACE_SDL}`;
}
