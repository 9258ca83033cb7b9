package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The form of a spooled entry: the file's bytes as they came, then what was known at their end (the
 * submission without them, encoded) and its length. Thread-safe.
 */
final class SpoolTrailer {
  private final SubmissionCodec codec;

  SpoolTrailer(SubmissionCodec codec) {
    this.codec = codec;
  }

  /** What follows the bytes of a file of this name. */
  byte[] encode(String name, io.precordia.study.Identity identity) {
    byte[] rest = codec.encode(new Submission(List.of(new Part(name, new byte[0])), identity));
    return ByteBuffer.allocate(rest.length + 4).put(rest).putInt(rest.length).array();
  }

  /** The submission of a whole entry. */
  Submission decode(byte[] entry) {
    try {
      int length = ByteBuffer.wrap(entry).getInt(entry.length - 4);
      int end = entry.length - 4 - length;
      Submission known = codec.decode(Arrays.copyOfRange(entry, end, entry.length - 4));
      return new Submission(
          List.of(new Part(known.parts().getFirst().name(), Arrays.copyOf(entry, end))),
          known.identity());
    } catch (IndexOutOfBoundsException
        | BufferUnderflowException
        | IllegalArgumentException
        | NegativeArraySizeException e) {
      throw new PrecordiaException(ErrorCode.CORRUPT_STORE, "a kept submission cannot be read", e);
    }
  }
}
