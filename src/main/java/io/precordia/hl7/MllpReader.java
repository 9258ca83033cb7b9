package io.precordia.hl7;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads MLLP blocks (HL7 "Minimal Lower Layer Protocol", release 1): {@code <VT> data <FS><CR>}. A
 * block ends at its FS, so that a sender that forgets the CR is answered too; what lies between
 * blocks is skipped, up to a bound; a VT within a block begins it anew, since its sender did. Used
 * by one thread.
 */
final class MllpReader {
  static final int START = 0x0b;
  static final int END = 0x1c;

  /** Bytes of an oversized block that are kept, for the header of its refusal. */
  private static final int HEAD = 4096;

  private static final int MOST_BETWEEN = 65_536;
  private final InputStream in;
  private final int maxBytes;
  private final long blockNanos;
  private final byte[] buffer = new byte[16_384];
  private int at;
  private int filled;

  /**
   * @param maxBytes largest block
   * @param blockTime longest time from the first byte of a block to its last
   */
  MllpReader(InputStream in, int maxBytes, Duration blockTime) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.blockNanos = blockTime.toNanos();
  }

  /**
   * One block.
   *
   * @param data its bytes; only the first ones if it is too large
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  record Block(byte[] data, boolean tooLarge) {}

  /**
   * The next block; null at the end of the stream between blocks.
   *
   * @throws EOFException if the stream ends within a block
   * @throws SocketTimeoutException if a block does not come in time, or nothing comes at all
   * @throws IOException also if what comes is no MLLP, or an oversized block does not end
   */
  @Nullable Block next() throws IOException {
    int between = 0;
    while (true) {
      if (at == filled && !fill()) {
        return null;
      }
      while (at < filled) {
        if (buffer[at++] == START) {
          return block();
        }
        if (++between > MOST_BETWEEN) {
          throw new IOException("no MLLP block begins");
        }
      }
    }
  }

  private Block block() throws IOException {
    long begun = System.nanoTime();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    long seen = 0;
    while (true) {
      if (at == filled) {
        if (!fill()) {
          throw new EOFException("the stream ends within a block");
        }
        if (System.nanoTime() - begun > blockNanos) {
          throw new SocketTimeoutException("a block does not come in time");
        }
      }
      int from = at;
      while (at < filled && buffer[at] != END && buffer[at] != START) {
        at++;
      }
      long room = Math.clamp(maxBytes - seen, 0, at - from);
      data.write(buffer, from, (int) room);
      seen += at - from;
      if (seen > 4L * maxBytes) {
        throw new IOException("an oversized block does not end");
      }
      if (at < filled && buffer[at++] == END) {
        byte[] all = data.toByteArray();
        return seen > maxBytes
            ? new Block(java.util.Arrays.copyOf(all, Math.min(all.length, HEAD)), true)
            : new Block(all, false);
      } else if (at > from && buffer[at - 1] == START) {
        data.reset();
        seen = 0;
      }
    }
  }

  private boolean fill() throws IOException {
    int n = in.read(buffer);
    at = 0;
    filled = Math.max(0, n);
    return n > 0;
  }
}
