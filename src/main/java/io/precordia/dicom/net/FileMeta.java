package io.precordia.dicom.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Preamble and file meta information (PS3.10 7.1) that go before a received data set. They say
 * nothing of the sender, so that the same object from two senders is the same file.
 */
final class FileMeta {
  private FileMeta() {}

  static byte[] of(ObjectUids object, String transferSyntax) {
    ByteArrayOutputStream meta = new ByteArrayOutputStream(256);
    version(meta);
    text(meta, 0x0002, "UI", object.sopClass());
    text(meta, 0x0003, "UI", object.sopInstance());
    text(meta, 0x0010, "UI", transferSyntax);
    text(meta, 0x0012, "UI", Uids.IMPLEMENTATION);
    text(meta, 0x0013, "SH", Uids.VERSION_NAME);
    ByteBuffer out = ByteBuffer.allocate(128 + 4 + 12 + meta.size()).order(ByteOrder.LITTLE_ENDIAN);
    out.position(128);
    out.put("DICM".getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) 0x0002).putShort((short) 0x0000);
    out.put("UL".getBytes(StandardCharsets.US_ASCII)).putShort((short) 4).putInt(meta.size());
    out.put(meta.toByteArray());
    return out.array();
  }

  private static void version(ByteArrayOutputStream out) {
    ByteBuffer element = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
    element.putShort((short) 0x0002).putShort((short) 0x0001);
    element.put("OB".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0).putInt(2);
    element.put((byte) 0).put((byte) 1);
    out.writeBytes(element.array());
  }

  private static void text(ByteArrayOutputStream out, int element, String vr, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    int padded = bytes.length + (bytes.length & 1);
    ByteBuffer e = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    e.putShort((short) 0x0002).putShort((short) element);
    e.put(vr.getBytes(StandardCharsets.US_ASCII)).putShort((short) padded).put(bytes);
    if (padded > bytes.length) {
      e.put(vr.equals("UI") ? (byte) 0 : (byte) ' ');
    }
    out.writeBytes(e.array());
  }
}
