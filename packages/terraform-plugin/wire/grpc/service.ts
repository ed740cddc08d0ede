/** Binds the methods of a service to their paths, with the message types that its description names. */
import { BinaryWriter } from "../protobuf/binary-writer";
import type { Method } from "./call";
import { PREFIX_BYTES } from "./message-reader";
import { CallError, Status } from "./status";

/** Encodes and decodes one type of messages, as generated. */
interface MessageType {
  encode(message: never, writer: BinaryWriter): BinaryWriter;
  decode(bytes: Uint8Array): unknown;
}

interface MethodDefinition {
  readonly name: string;
  readonly requestType: MessageType;
  readonly requestStream: boolean;
  readonly responseType: MessageType;
  readonly responseStream: boolean;
}

/** A service, as generated. */
export interface ServiceDefinition {
  readonly fullName: string;
  readonly methods: Readonly<Record<string, MethodDefinition>>;
}

type MessageOf<T> = T extends { decode(bytes: Uint8Array): infer Message } ? Message : never;

/** One function for each method with one request and one response, by the same name. */
export type Implementation<D extends ServiceDefinition> = {
  readonly [M in keyof D["methods"] as D["methods"][M] extends { requestStream: false; responseStream: false } ? M : never]: (
    request: MessageOf<D["methods"][M]["requestType"]>,
  ) => Promise<MessageOf<D["methods"][M]["responseType"]>>;
};

/** Space for the prefix of the response. */
const PREFIX = new Uint8Array(PREFIX_BYTES);

/** Methods with streams stay open: no stream of a plugin carries anything that this server needs. */
export function bindService<D extends ServiceDefinition>(definition: D, implementation: Implementation<D>): (readonly [string, Method])[] {
  const functions = implementation as unknown as Readonly<Record<string, (request: unknown) => Promise<never>>>;
  return Object.entries(definition.methods).flatMap(([key, method]): (readonly [string, Method])[] => {
    const path = `/${definition.fullName}/${method.name}`;
    if (method.requestStream || method.responseStream) return [[path, { endsWithRequest: method.requestStream }]];
    const run = functions[key];
    return run === undefined ? [] : [[path, unaryMethod(method, run)]];
  });
}

function unaryMethod({ requestType, responseType }: MethodDefinition, run: (request: unknown) => Promise<never>): Method {
  return {
    run: async (bytes) => encodeResponse(responseType, await run(decodeRequest(requestType, bytes))),
  };
}

function decodeRequest(type: MessageType, bytes: Buffer): unknown {
  try {
    return type.decode(bytes);
  } catch (thrown) {
    throw new CallError(Status.INTERNAL, `The request cannot be decoded: ${thrown instanceof Error ? thrown.message : "unknown reason"}`);
  }
}

function encodeResponse(type: MessageType, response: never): Buffer {
  return type.encode(response, new BinaryWriter().raw(PREFIX)).finish();
}
