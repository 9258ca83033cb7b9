package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/**
 * A header as bytes: version, whether it is complete, transfer syntax and media class of the
 * object, the bulk data left out, then the data set in Explicit VR Little Endian.
 */
final class HeaderCodec {
  /** Larger headers lose their sequences; a row of the record database holds 1 MiB. */
  static final int MAX_BYTES = 900_000;

  private static final int VERSION = 1;
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";

  private HeaderCodec() {}

  static byte[] encode(DicomHeader header) {
    byte[] whole = encode(header, header.attributes(), header.bulk(), header.complete());
    if (whole.length <= MAX_BYTES) {
      return whole;
    }
    Attributes flat = new Attributes();
    Attributes all = header.attributes();
    for (int tag : all.tags()) {
      if (!(all.getValue(tag) instanceof Sequence)) {
        flat.addSelected(all, tag);
      }
    }
    byte[] cut = encode(header, flat, List.of(), false);
    if (cut.length > MAX_BYTES) {
      throw new PrecordiaException(
          ErrorCode.DECOMPRESSION_LIMIT,
          "the object has more attributes than a catalogue can hold (" + MAX_BYTES + " bytes)");
    }
    return cut;
  }

  private static byte[] encode(
      DicomHeader header, Attributes data, List<BulkElement> bulk, boolean complete) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      out.writeBoolean(complete);
      out.writeUTF(header.transferSyntax());
      out.writeUTF(header.mediaClass());
      out.writeInt(bulk.size());
      for (BulkElement element : bulk) {
        out.writeUTF(element.path());
        out.writeUTF(element.vr());
        out.writeLong(element.bytes());
      }
      ImageOutputStream dicom = new ImageOutputStream(out, EXPLICIT_LITTLE);
      dicom.writeDataset(null, data);
      dicom.finish();
      dicom.flush();
      return bytes.toByteArray();
    } catch (IOException | RuntimeException e) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "an attribute of the object cannot be written again", e);
    }
  }

  static DicomHeader decode(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      if (in.readByte() != VERSION) {
        throw new PrecordiaException(
            ErrorCode.CORRUPT_STORE, "a catalogue entry was written by a newer version");
      }
      boolean complete = in.readBoolean();
      String syntax = in.readUTF();
      String media = in.readUTF();
      List<BulkElement> bulk = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        bulk.add(new BulkElement(in.readUTF(), in.readUTF(), in.readLong()));
      }
      try (ImageInputStream dicom = new ImageInputStream(in, EXPLICIT_LITTLE)) {
        dicom.setIncludeBulkData(ImageInputStream.IncludeBulkData.YES);
        return new DicomHeader(dicom.readDataset(-1, -1), syntax, media, bulk, complete);
      }
    } catch (IOException | RuntimeException e) {
      throw e instanceof PrecordiaException p
          ? p
          : new PrecordiaException(ErrorCode.CORRUPT_STORE, "a catalogue entry cannot be read");
    }
  }
}
