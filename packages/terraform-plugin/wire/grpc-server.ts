/** Only the server half of grpc-js: its index also loads the client half, which a plugin never uses, at every start. */
export { setLogger } from "@grpc/grpc-js/build/src/logging";
export { Server } from "@grpc/grpc-js/build/src/server";
export { ServerCredentials } from "@grpc/grpc-js/build/src/server-credentials";
