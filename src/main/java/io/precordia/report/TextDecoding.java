package io.precordia.report;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes to text by a fixed rule: a byte order mark decides (UTF-8, UTF-16); otherwise strict UTF-8;
 * otherwise Windows-1252 (Latin-1 with its printable additions). What holds NUL or many control
 * characters is not text.
 */
public final class TextDecoding {
  /** Largest text file that is read, in bytes. */
  public static final int MAX_BYTES = 8 << 20;

  private TextDecoding() {}

  /**
   * Text without its byte order mark.
   *
   * @throws PrecordiaException EMPTY, TOO_LARGE, UNSUPPORTED_FORMAT (binary), BAD_CHARSET (invalid
   *     in the set its mark declares)
   */
  public static String decode(byte[] bytes) {
    if (bytes.length == 0) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the file is empty");
    }
    if (bytes.length > MAX_BYTES) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE,
          "a text file of more than " + (MAX_BYTES >> 20) + " MiB is not read");
    }
    String text;
    if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
      text = strict(bytes, 3, StandardCharsets.UTF_8);
    } else if (startsWith(bytes, 0xff, 0xfe)) {
      text = strict(bytes, 2, StandardCharsets.UTF_16LE);
    } else if (startsWith(bytes, 0xfe, 0xff)) {
      text = strict(bytes, 2, StandardCharsets.UTF_16BE);
    } else {
      text = guessed(bytes);
    }
    requireText(text);
    return text;
  }

  /**
   * Text in a declared character set.
   *
   * @throws PrecordiaException BAD_CHARSET if the bytes are invalid in it
   */
  public static String strict(byte[] bytes, int from, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_CHARSET,
          "the text is not valid in its declared character set " + charset.name(),
          e);
    }
  }

  private static String guessed(byte[] bytes) {
    try {
      return strict(bytes, 0, StandardCharsets.UTF_8);
    } catch (PrecordiaException e) {
      return new String(bytes, Charset.forName("windows-1252"));
    }
  }

  private static void requireText(String text) {
    int controls = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        controls = text.length();
        break;
      }
      // vertical tab and file separator frame MLLP messages; 0x1a ends old DOS files
      boolean tolerated =
          c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0b || c == 0x1c || c == 0x1a;
      if ((c < ' ' && !tolerated) || c == '\ufffd') {
        controls++;
      }
    }
    if (controls > text.length() / 100) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT, "a binary file of a kind that is not read here");
    }
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
