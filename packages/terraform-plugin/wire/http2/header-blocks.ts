/** Assembles header blocks from HEADERS and CONTINUATION frames (RFC 9113, sections 4.3 and 6.10). */
import { ConnectionError, ErrorCode } from "./errors";
import { Flag, FrameType, type Frame } from "./frames";
import { LIMITS } from "./limits";
import { headerFragment } from "./padding";

export interface HeaderBlock {
  readonly stream: number;
  readonly endStream: boolean;
  readonly bytes: Buffer;
}

interface UnfinishedBlock {
  readonly stream: number;
  readonly endStream: boolean;
  readonly fragments: Buffer[];
  bytes: number;
}

export class HeaderBlocks {
  #unfinished: UnfinishedBlock | undefined;

  /** Throws a ConnectionError if a block has begun that this frame does not continue. */
  checkOrder({ type, stream }: Frame): void {
    const expected = this.#unfinished;
    if (expected === undefined ? type === FrameType.CONTINUATION : type !== FrameType.CONTINUATION || stream !== expected.stream) {
      throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a header block is not continued by its next frame");
    }
  }

  /** Takes a HEADERS or CONTINUATION frame. Returns the block if this frame completes it. */
  add(frame: Frame): HeaderBlock | undefined {
    const isLast = (frame.flags & Flag.END_HEADERS) !== 0;
    if (frame.type === FrameType.HEADERS) {
      const bytes = headerFragment(frame);
      const endStream = (frame.flags & Flag.END_STREAM) !== 0;
      if (isLast) return { stream: frame.stream, endStream, bytes };
      this.#unfinished = { stream: frame.stream, endStream, fragments: [bytes], bytes: bytes.length };
      return undefined;
    }
    const block = this.#unfinished;
    if (block === undefined) return undefined;
    block.fragments.push(frame.payload);
    block.bytes += frame.payload.length;
    // The first fragment is the one of the HEADERS frame.
    if (block.bytes > LIMITS.headerBlockBytes || block.fragments.length > LIMITS.continuationFrames + 1) {
      throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "a header block is too large");
    }
    if (!isLast) return undefined;
    this.#unfinished = undefined;
    return { stream: block.stream, endStream: block.endStream, bytes: Buffer.concat(block.fragments) };
  }
}
