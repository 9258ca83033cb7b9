package io.precordia.api.dicomweb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** multipart/related bodies of tests, made and taken apart without the code under test. */
public final class Related {
  public static final String BOUNDARY = "test-boundary";

  private Related() {}

  /** One part: Content-Type, Content-Location (may be empty), bytes. */
  public record Part(String type, String location, byte[] bytes) {}

  public static String type(String partType) {
    return "multipart/related; type=\"" + partType + "\"; boundary=" + BOUNDARY;
  }

  public static byte[] body(List<Part> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Part part : parts) {
      out.writeBytes(ascii("--" + BOUNDARY + "\r\nContent-Type: " + part.type() + "\r\n"));
      if (!part.location().isEmpty()) {
        out.writeBytes(ascii("Content-Location: " + part.location() + "\r\n"));
      }
      out.writeBytes(ascii("\r\n"));
      out.writeBytes(part.bytes());
      out.writeBytes(ascii("\r\n"));
    }
    out.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
    return out.toByteArray();
  }

  public static byte[] objects(byte[]... files) {
    List<Part> parts = new ArrayList<>();
    for (byte[] file : files) {
      parts.add(new Part("application/dicom", "", file));
    }
    return body(parts);
  }

  /** The bodies of the parts of an answer. */
  public static List<byte[]> parts(String contentType, byte[] body) {
    String boundary = contentType.replaceFirst(".*boundary=\"?([^\";]+).*", "$1");
    byte[] mark = ascii("\r\n--" + boundary);
    byte[] blank = ascii("\r\n\r\n");
    List<byte[]> out = new ArrayList<>();
    int at = find(body, mark, 0);
    while (at >= 0) {
      int next = find(body, mark, at + mark.length);
      if (next < 0) {
        return out;
      }
      int from = find(body, blank, at) + blank.length;
      out.add(java.util.Arrays.copyOfRange(body, from, next));
      at = next;
    }
    return out;
  }

  private static int find(byte[] in, byte[] what, int from) {
    for (int i = from; i + what.length <= in.length; i++) {
      if (java.util.Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
