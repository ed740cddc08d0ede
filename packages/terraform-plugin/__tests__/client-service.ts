/** Describes a generated service to a gRPC client of another implementation. */
import type { ServiceDefinition as ClientService } from "@grpc/grpc-js";
import type { ServiceDefinition } from "../wire/grpc/service";

interface MessageType {
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

export function clientService({ fullName, methods }: ServiceDefinition): ClientService {
  const entries = Object.entries(methods).map(([key, method]) => {
    const requestType = method.requestType as unknown as MessageType;
    const responseType = method.responseType as unknown as MessageType;
    const definition = {
      path: `/${fullName}/${method.name}`,
      requestStream: method.requestStream,
      responseStream: method.responseStream,
      requestSerialize: (message: unknown) => Buffer.from(requestType.encode(message).finish()),
      requestDeserialize: (bytes: Buffer) => requestType.decode(bytes),
      responseSerialize: (message: unknown) => Buffer.from(responseType.encode(message).finish()),
      responseDeserialize: (bytes: Buffer) => responseType.decode(bytes),
    };
    return [key, definition] as const;
  });
  return Object.fromEntries(entries);
}
