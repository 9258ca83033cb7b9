package io.precordia.dicom.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.metric.PDVInputStream;

/** Reads the data sets of requests other than C-STORE, which are small. */
final class DataSets {
  private static final int MAX = 8 << 20;

  private DataSets() {}

  /**
   * The whole data set of a request.
   *
   * @throws DimseFailure cannot understand, or too large
   */
  static Attributes read(Service.Request request) throws DimseFailure, IOException {
    PDVInputStream data = request.data();
    if (data == null) {
      throw new DimseFailure(StatusCode.MISTYPED_ARGUMENT, "the request has no data set");
    }
    Bounded bytes = new Bounded();
    data.copyTo(bytes);
    String syntax = request.context().getTransferSyntax();
    if (bytes.full) {
      throw new DimseFailure(StatusCode.OUT_OF_RESOURCES, "the identifier is too large");
    }
    try (DataSetScanner scanner = new DataSetScanner(syntax)) {
      scanner.feed(bytes.bytes.toByteArray(), 0, bytes.bytes.size());
      scanner.end();
    } catch (RuntimeException e) {
      throw new DimseFailure(StatusCode.CANNOT_UNDERSTAND, "the data set is damaged");
    }
    try (ImageInputStream in =
        new ImageInputStream(new ByteArrayInputStream(bytes.bytes.toByteArray()), syntax)) {
      return in.readDataset(-1, -1);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new DimseFailure(StatusCode.CANNOT_UNDERSTAND, "the data set is damaged");
    }
  }

  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean full;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      if (bytes.size() + len > MAX) {
        full = true;
      } else {
        bytes.write(b, off, len);
      }
    }
  }
}
