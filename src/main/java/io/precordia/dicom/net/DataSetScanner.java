package io.precordia.dicom.net;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Follows the structure of a data set while its bytes pass (PS3.5 section 7), whatever its size:
 * tells whether it can be understood, and reads the identifiers that its top level states. Values
 * are not looked at. Used by one thread.
 */
final class DataSetScanner implements AutoCloseable {
  private static final long MAX_INFLATED = 1L << 31;
  private final @Nullable Inflater inflater;
  private final byte[] inflated;
  private final ElementWalk walk;
  private long total;

  /**
   * @param transferSyntax UID
   */
  DataSetScanner(String transferSyntax) {
    boolean deflated = transferSyntax.equals("1.2.840.10008.1.2.1.99");
    this.inflater = deflated ? new Inflater(true) : null;
    this.inflated = new byte[deflated ? 1 << 16 : 0];
    this.walk =
        new ElementWalk(
            !transferSyntax.equals("1.2.840.10008.1.2"),
            transferSyntax.equals("1.2.840.10008.1.2.2"));
  }

  /**
   * Takes the next bytes.
   *
   * @throws PrecordiaException MALFORMED, DECOMPRESSION_LIMIT
   */
  void feed(byte[] bytes, int offset, int length) {
    if (inflater == null) {
      walk.feed(bytes, offset, length);
      return;
    }
    try {
      inflater.setInput(bytes, offset, length);
      while (!inflater.finished()) {
        int n = inflater.inflate(inflated);
        if (n == 0) {
          break;
        }
        total += n;
        if (total > MAX_INFLATED) {
          throw new PrecordiaException(
              ErrorCode.DECOMPRESSION_LIMIT, "the deflated data set is too large");
        }
        walk.feed(inflated, 0, n);
      }
    } catch (DataFormatException e) {
      throw new PrecordiaException(ErrorCode.MALFORMED, "deflated bytes are damaged", e);
    }
  }

  /**
   * Says that nothing more comes.
   *
   * @throws PrecordiaException TRUNCATED
   */
  void end() {
    if (inflater != null && !inflater.finished()) {
      throw new PrecordiaException(ErrorCode.TRUNCATED, "the deflated data set is cut short");
    }
    walk.end();
  }

  /** SOP Class UID (0008,0016) of the data set, empty if it has none. */
  String sopClass() {
    return walk.sopClass();
  }

  /** SOP Instance UID (0008,0018) of the data set, empty if it has none. */
  String sopInstance() {
    return walk.sopInstance();
  }

  /** Whether Study and Series Instance UID are there and are UIDs: without them nobody finds it. */
  boolean placed() {
    return Uids.valid(walk.study()) && Uids.valid(walk.series());
  }

  /** Whether tags are out of order or come twice, which readers may take in different ways. */
  boolean irregular() {
    return walk.irregular();
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
