/** The part of hpack.js that tests use: it has no types of its own. */
declare module "hpack.js" {
  interface Field {
    readonly name: string;
    readonly value: string;
    readonly huffman?: boolean;
    readonly incremental?: boolean;
    readonly neverIndex?: boolean;
  }

  interface Compressor {
    write(fields: readonly Field[]): boolean;
    /** What was written since the last call; null if nothing was. */
    read(): Buffer | null;
    /** Below the maximum of the protocol, nothing is written about the change. */
    updateTableSize(bytes: number): void;
  }

  interface Decompressor {
    write(block: Buffer): boolean;
    execute(): void;
    read(): Field | null;
    once(event: "error", listener: (failure: Error) => void): void;
  }

  interface Encoder {
    encodeStr(bytes: Uint8Array | readonly number[], isHuffman: boolean): void;
    render(): Buffer[];
  }

  interface TableOptions {
    readonly table: { readonly maxSize: number };
  }

  export const compressor: { create(options: TableOptions): Compressor };
  export const decompressor: { create(options: TableOptions): Decompressor };
  export const encoder: { create(): Encoder };
}
