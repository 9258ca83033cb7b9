package io.precordia.ingest;

import io.precordia.store.OpaqueIds;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What makes a file the same as another: its bytes, or, of a DICOM file (PS3.10 7.1), its transfer
 * syntax and data set, since every program that passes it on writes preamble and file meta
 * information of its own. Takes a file in pieces; used by one thread.
 */
final class ContentDigest {
  private static final int PREAMBLE = 128;

  /** Preamble, prefix and the element with the length of the file meta information. */
  private static final int BEGIN = PREAMBLE + 16;

  private static final int MAX_META = 64 << 10;
  private static final int TRANSFER_SYNTAX = 0x0010;
  private static final String LONG_FORMS = "OB OW OF OD OL OV SQ UC UN UR UT SV UV";
  private final MessageDigest digest = OpaqueIds.sha256();
  private final ByteArrayOutputStream begin = new ByteArrayOutputStream(1024);
  private int wanted = BEGIN;
  private boolean decided;
  private boolean dicom;

  static byte[] of(byte[] file) {
    ContentDigest digest = new ContentDigest();
    digest.update(file, 0, file.length);
    return digest.digest();
  }

  void update(byte[] bytes, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (!decided && from < end) {
      int step = Math.min(end - from, wanted - begin.size());
      begin.write(bytes, from, step);
      from += step;
      if (begin.size() == wanted) {
        decide();
      }
    }
    digest.update(bytes, from, end - from);
  }

  /** SHA-256; of a DICOM file with one byte more, so that no other file is taken for it. */
  byte[] digest() {
    if (!decided) {
      plain();
    }
    byte[] sum = digest.digest();
    return dicom ? ByteBuffer.allocate(sum.length + 1).put((byte) 1).put(sum).array() : sum;
  }

  private void decide() {
    ByteBuffer in = ByteBuffer.wrap(begin.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    if (wanted == BEGIN) {
      int meta = in.getInt(BEGIN - 4);
      boolean plausible =
          in.getInt(PREAMBLE) == 0x4D434944 // DICM
              && in.getInt(PREAMBLE + 4) == 0x0000_0002
              && in.getInt(PREAMBLE + 8) == 0x0004_4C55 // UL
              && meta > 0
              && meta <= MAX_META;
      if (plausible) {
        wanted = BEGIN + meta;
      } else {
        plain();
      }
      return;
    }
    String syntax = transferSyntax(in.position(BEGIN));
    if (syntax == null) {
      plain();
      return;
    }
    decided = true;
    dicom = true;
    digest.update((syntax + '\0').getBytes(StandardCharsets.ISO_8859_1));
  }

  private void plain() {
    decided = true;
    digest.update(begin.toByteArray());
  }

  /** Null unless this is group 0002 to its end, in explicit little endian, with the element. */
  private static @Nullable String transferSyntax(ByteBuffer meta) {
    @Nullable String syntax = null;
    try {
      while (meta.hasRemaining()) {
        int group = meta.getShort();
        int element = meta.getShort() & 0xFFFF;
        String vr = "" + (char) meta.get() + (char) meta.get();
        int length = meta.getShort() & 0xFFFF;
        if (LONG_FORMS.contains(vr)) {
          length = meta.getInt();
        }
        if (group != 2 || length < 0 || length > meta.remaining()) {
          return null;
        }
        byte[] value = new byte[length];
        meta.get(value);
        if (element == TRANSFER_SYNTAX) {
          syntax = new String(value, StandardCharsets.ISO_8859_1).replaceFirst("[\\x00 ]+$", "");
        }
      }
    } catch (BufferUnderflowException e) {
      return null;
    }
    return syntax;
  }
}
