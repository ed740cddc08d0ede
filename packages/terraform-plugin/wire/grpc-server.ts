/** The server half of grpc-js alone: its index also loads the client half, which a plugin never uses and every start would pay for. */
export { setLogger } from "@grpc/grpc-js/build/src/logging";
export { Server } from "@grpc/grpc-js/build/src/server";
export { ServerCredentials } from "@grpc/grpc-js/build/src/server-credentials";
