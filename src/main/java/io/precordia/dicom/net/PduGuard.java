package io.precordia.dicom.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.aoju.bus.image.metric.internal.pdu.AAbort;

/**
 * Reads whole PDUs (PS3.8 9.3) before the toolkit sees them and holds the bounds that it lacks: no
 * more memory than a PDU of the negotiated length, no PDU that trickles in for ever, no endless
 * command set. The socket's read timeout must be set; between PDUs it means nothing unless an
 * object is being received.
 */
final class PduGuard extends InputStream {
  private static final int HEADER = 6;
  private static final int MAX_ASSOCIATE = 256 << 10;
  private static final int MAX_COMMAND = 64 << 10;
  private static final int ASSOCIATE_RQ = 1;
  private static final int ASSOCIATE_AC = 2;
  private static final int P_DATA = 4;
  private static final int LAST_TYPE = 7;

  private final InputStream in;
  private final int largest;
  private final long stallNanos;
  private final Runnable timedOut;
  private byte[] pdu = new byte[4096];
  private int at;
  private int end;
  private int command;
  private volatile boolean receiving;

  /**
   * @param largest P-DATA-TF PDU
   * @param stallNanos longest time for one PDU
   * @param timedOut told of a PDU that did not come in time
   */
  PduGuard(InputStream in, int largest, long stallNanos, Runnable timedOut) {
    this.in = in;
    this.largest = largest;
    this.stallNanos = stallNanos;
    this.timedOut = timedOut;
  }

  /** While true, a pause between two PDUs counts as a stall. */
  void receiving(boolean now) {
    receiving = now;
  }

  @Override
  public int read() throws IOException {
    return at < end || fill() ? pdu[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    if (len == 0) {
      return 0;
    }
    if (at == end && !fill()) {
      return -1;
    }
    int n = Math.min(len, end - at);
    System.arraycopy(pdu, at, b, off, n);
    at += n;
    return n;
  }

  private boolean fill() throws IOException {
    int first = first();
    if (first < 0) {
      return false;
    }
    long deadline = System.nanoTime() + stallNanos;
    pdu[0] = (byte) first;
    fully(1, HEADER - 1, deadline);
    long length = u32(2);
    long bound =
        switch (first) {
          case ASSOCIATE_RQ, ASSOCIATE_AC -> MAX_ASSOCIATE;
          case P_DATA -> largest;
          default -> 4;
        };
    if (first < 1 || first > LAST_TYPE) {
      throw new AAbort(AAbort.UL_SERIVE_PROVIDER, AAbort.UNRECOGNIZED_PDU);
    }
    if (length > bound || length < 4) {
      throw invalid();
    }
    int whole = HEADER + (int) length;
    if (whole > pdu.length) {
      pdu = Arrays.copyOf(pdu, whole);
    }
    fully(HEADER, (int) length, deadline);
    at = 0;
    end = whole;
    if (first == P_DATA) {
      values();
    }
    return true;
  }

  // Presentation data values: each within the PDU, commands not without end.
  private void values() throws AAbort {
    int from = HEADER;
    while (from < end) {
      if (end - from < 6) {
        throw invalid();
      }
      long length = u32(from);
      if (length < 2 || length > end - from - 4) {
        throw invalid();
      }
      int control = pdu[from + 5];
      if ((control & 1) != 0) {
        command += (int) length;
        if (command > MAX_COMMAND) {
          throw invalid();
        }
        if ((control & 2) != 0) {
          command = 0;
        }
      }
      from += 4 + (int) length;
    }
  }

  private int first() throws IOException {
    while (true) {
      try {
        return in.read();
      } catch (SocketTimeoutException e) {
        if (receiving) {
          timedOut.run();
          throw new IOException("stalled", e);
        }
      }
    }
  }

  private void fully(int from, int length, long deadline) throws IOException {
    int done = 0;
    while (done < length) {
      int n;
      try {
        n = in.read(pdu, from + done, length - done);
      } catch (SocketTimeoutException e) {
        timedOut.run();
        throw new IOException("stalled", e);
      }
      if (n < 0) {
        throw new EOFException();
      }
      done += n;
      if (done < length && System.nanoTime() > deadline) {
        timedOut.run();
        throw new IOException("stalled");
      }
    }
  }

  private long u32(int i) {
    return (pdu[i] & 0xFFL) << 24
        | (pdu[i + 1] & 0xFFL) << 16
        | (pdu[i + 2] & 0xFFL) << 8
        | pdu[i + 3] & 0xFFL;
  }

  private static AAbort invalid() {
    return new AAbort(AAbort.UL_SERIVE_PROVIDER, AAbort.INVALID_PDU_PARAMETER_VALUE);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
