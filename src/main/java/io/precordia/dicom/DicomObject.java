package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;

/**
 * A parsed object: data set and the transfer syntax it came in (PS3.10).
 *
 * @param data data set, without file meta information
 * @param transferSyntax UID
 * @param mediaClass Media Storage SOP Class UID of the file meta information, empty without one
 */
public record DicomObject(Attributes data, String transferSyntax, String mediaClass) {
  /** Most bytes that a deflated data set may inflate to. */
  static final int MAX_INFLATED = 512 << 20;

  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";

  /**
   * Parses a file, with or without preamble.
   *
   * @throws PrecordiaException TRUNCATED, MALFORMED or DECOMPRESSION_LIMIT
   */
  public static DicomObject parse(byte[] bytes) {
    try (ImageInputStream in = new ImageInputStream(new ByteArrayInputStream(bytes))) {
      in.setIncludeBulkData(ImageInputStream.IncludeBulkData.YES);
      Attributes meta = in.getFileMetaInformation();
      String syntax = meta == null ? "" : text(meta, Tag.TransferSyntaxUID);
      String media = meta == null ? "" : text(meta, Tag.MediaStorageSOPClassUID);
      if (DEFLATED.equals(syntax)) {
        return deflated(bytes, Math.toIntExact(in.getPosition()), media);
      }
      Attributes data = in.readDataset(-1, -1);
      String effective = in.getTransferSyntax();
      return of(data, effective == null ? EXPLICIT_LITTLE : effective, media);
    } catch (EOFException e) {
      throw new PrecordiaException(
          ErrorCode.TRUNCATED, "the DICOM object ends before its data set does; send it again", e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw known(e);
    }
  }

  private static DicomObject deflated(byte[] bytes, int from, String media) throws IOException {
    Inflater inflater = new Inflater(true);
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 * bytes.length);
    try {
      inflater.setInput(bytes, from, bytes.length - from);
      byte[] block = new byte[1 << 16];
      while (!inflater.finished()) {
        int n = inflater.inflate(block);
        if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new EOFException();
        }
        if (out.size() > MAX_INFLATED - n) {
          throw new PrecordiaException(
              ErrorCode.DECOMPRESSION_LIMIT,
              "the deflated data set inflates to more than " + (MAX_INFLATED >> 20) + " MiB");
        }
        out.write(block, 0, n);
      }
    } catch (DataFormatException e) {
      throw new IOException(e);
    } finally {
      inflater.end();
    }
    try (ImageInputStream in =
        new ImageInputStream(new ByteArrayInputStream(out.toByteArray()), EXPLICIT_LITTLE)) {
      in.setIncludeBulkData(ImageInputStream.IncludeBulkData.YES);
      return of(in.readDataset(-1, -1), DEFLATED, media);
    }
  }

  private static DicomObject of(Attributes data, String syntax, String media) {
    if (data.isEmpty()) {
      throw new PrecordiaException(ErrorCode.TRUNCATED, "the DICOM object holds no data set");
    }
    return new DicomObject(data, syntax, media);
  }

  private static PrecordiaException known(Throwable e) {
    return e instanceof PrecordiaException p
        ? p
        : new PrecordiaException(
            ErrorCode.MALFORMED, "the bytes do not follow the DICOM encoding (PS3.5)", e);
  }

  /** SOP Class UID, else what the file meta information says. */
  public String sopClass() {
    String own = text(Tag.SOPClassUID);
    return own.isEmpty() ? mediaClass : own;
  }

  public String modality() {
    return text(Tag.Modality);
  }

  /** First value, stripped; empty if there is none. */
  public String text(int tag) {
    return text(data, tag);
  }

  static String text(Attributes item, int tag) {
    String value = item.getString(tag);
    return value == null ? "" : value.strip();
  }
}
