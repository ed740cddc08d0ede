/** A client of grpc-js for messages without a format. */
import { credentials, makeGenericClientConstructor, Metadata } from "@grpc/grpc-js";
import type { CallOptions, ClientUnaryCall, MethodDefinition, ServiceError } from "@grpc/grpc-js";

const METHODS = ["Echo", "Produce", "Count", "Fail", "Exhaust", "Wait", "Slow", "None"] as const;
export type MethodName = (typeof METHODS)[number];

const identity = (bytes: Buffer) => bytes;

function definition(
  name: string,
  stream: { readonly request?: boolean; readonly response?: boolean } = {},
): MethodDefinition<Buffer, Buffer> {
  return {
    path: `/test.Service/${name}`,
    requestStream: stream.request ?? false,
    responseStream: stream.response ?? false,
    requestSerialize: identity,
    requestDeserialize: identity,
    responseSerialize: identity,
    responseDeserialize: identity,
  };
}

const Service = makeGenericClientConstructor(
  {
    ...Object.fromEntries(METHODS.map((name) => [name, definition(name)])),
    Watch: definition("Watch", { response: true }),
    Upload: definition("Upload", { request: true, response: true }),
  },
  "test.Service",
);

export type Outcome = { readonly bytes: Buffer } | { readonly code: number; readonly details: string };

export interface RunningCall {
  readonly outcome: Promise<Outcome>;
  cancel(): void;
}

export class BytesClient {
  readonly generic: InstanceType<typeof Service>;

  constructor(port: number) {
    this.generic = new Service(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
      // A connection of its own for each client.
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  start(method: MethodName, message: Buffer | string, options: CallOptions = {}, metadata = new Metadata()): RunningCall {
    const call = this.generic as unknown as Record<string, (...parts: unknown[]) => ClientUnaryCall>;
    let cancel: () => void = () => undefined;
    const outcome = new Promise<Outcome>((resolve) => {
      const onEnd = (failure: ServiceError | null, bytes: Buffer) => {
        resolve(failure === null ? { bytes } : { code: failure.code, details: failure.details });
      };
      const running = call[method]?.bind(this.generic)(Buffer.from(message), metadata, options, onEnd);
      cancel = () => running?.cancel();
    });
    return { outcome, cancel };
  }

  async call(method: MethodName, message: Buffer | string = "", options?: CallOptions, metadata?: Metadata): Promise<Outcome> {
    return this.start(method, message, options, metadata).outcome;
  }

  close(): void {
    this.generic.close();
  }
}
