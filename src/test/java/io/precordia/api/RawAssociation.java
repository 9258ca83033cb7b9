package io.precordia.api;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** PDUs by hand, right ones and wrong ones. */
final class RawAssociation implements AutoCloseable {
  final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  private RawAssociation(int port) throws IOException {
    this.socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(60_000);
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(socket.getInputStream());
  }

  static RawAssociation connect(int port) throws IOException {
    return new RawAssociation(port);
  }

  /** Sends a good request for CR storage in explicit little endian and for verification. */
  static RawAssociation open(int port) throws IOException {
    RawAssociation raw = new RawAssociation(port);
    raw.send(request("PRECORDIA", "RAWSCU"));
    return raw;
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Type of the next PDU, -1 at the end of the connection; its body is read over. */
  int answer() throws IOException {
    int type = in.read();
    if (type < 0) {
      return -1;
    }
    in.readByte();
    in.readNBytes(in.readInt());
    return type;
  }

  static byte[] request(String called, String calling) {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    items.writeBytes(item(0x10, text("1.2.840.10008.3.1.1.1")));
    items.writeBytes(context(1, "1.2.840.10008.5.1.4.1.1.1", "1.2.840.10008.1.2.1"));
    items.writeBytes(context(3, "1.2.840.10008.1.1", "1.2.840.10008.1.2"));
    ByteArrayOutputStream user = new ByteArrayOutputStream();
    user.writeBytes(item(0x51, ByteBuffer.allocate(4).putInt(16384).array()));
    user.writeBytes(item(0x52, text("1.2.3.4.5")));
    items.writeBytes(item(0x50, user.toByteArray()));
    ByteBuffer body = ByteBuffer.allocate(68 + items.size());
    body.putShort((short) 1).putShort((short) 0);
    body.put(text("%-16s".formatted(called))).put(text("%-16s".formatted(calling)));
    body.position(68);
    body.put(items.toByteArray());
    return pdu(1, body.array());
  }

  private static byte[] context(int id, String sopClass, String syntax) {
    ByteArrayOutputStream c = new ByteArrayOutputStream();
    c.writeBytes(new byte[] {(byte) id, 0, 0, 0});
    c.writeBytes(item(0x30, text(sopClass)));
    c.writeBytes(item(0x40, text(syntax)));
    return item(0x20, c.toByteArray());
  }

  static byte[] item(int type, byte[] value) {
    return ByteBuffer.allocate(4 + value.length)
        .put((byte) type)
        .put((byte) 0)
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  static byte[] pdu(int type, byte[] body) {
    return ByteBuffer.allocate(6 + body.length)
        .put((byte) type)
        .put((byte) 0)
        .putInt(body.length)
        .put(body)
        .array();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
