package io.precordia.dicom.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The worked example of T.87 Annex H.3, and what must be refused. */
class JpegLsDecoderTest {
  private static final StatedImage FOUR = new StatedImage(4, 4, 1, 8);
  private static final int[] SAMPLES = {
    0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145
  };
  private static final String HEADER = "ffd8 fff7000b08 0004 0004 01 011100 ";
  private static final String SCAN = "ffda0008 01 0100 00 00 00 ";
  private static final String DATA =
      "c000006c80208e01c0000057400000 6ee6000001bc18000005d80000916 0 ffd9";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static ErrorCode refused(String hex) {
    return assertThrows(PrecordiaException.class, () -> JpegLsDecoder.decode(bytes(hex), FOUR))
        .code();
  }

  @Test
  void theExampleOfTheStandard() {
    assertArrayEquals(SAMPLES, JpegLsDecoder.decode(bytes(HEADER + SCAN + DATA), FOUR));
  }

  @Test
  void presetParametersThatAreTheDefaultsChangeNothing() {
    for (String lse :
        new String[] {
          "fff8000d 01 00ff 0003 0007 0015 0040 ", "fff8000d 01 0000 0000 0000 0000 0000 "
        }) {
      assertArrayEquals(SAMPLES, JpegLsDecoder.decode(bytes(HEADER + lse + SCAN + DATA), FOUR));
    }
  }

  @Test
  void commentsFillBytesAndPaddingAreSkipped() {
    String stream =
        "ffd8 fffe0004abcd fff7000b08 0004 0004 01 011100 fff8000d 01 0000 0000 0000 0000 0000 "
            + "ffffff e00003aa"
            + SCAN
            + DATA.replace("ffd9", "ffffd900");
    assertArrayEquals(SAMPLES, JpegLsDecoder.decode(bytes(stream), FOUR));
  }

  @Test
  void aStreamThatEndsEarlyIsTruncated() {
    byte[] whole = bytes(HEADER + SCAN + DATA);
    for (int length = 0; length < whole.length - 4; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertEquals(
          ErrorCode.TRUNCATED,
          assertThrows(
                  PrecordiaException.class, () -> JpegLsDecoder.decode(part, FOUR), "" + length)
              .code(),
          "" + length);
    }
  }

  @Test
  void whatTheHeaderOfTheObjectDoesNotConfirmIsRefused() {
    for (StatedImage other :
        new StatedImage[] {
          new StatedImage(5, 4, 1, 8),
          new StatedImage(4, 3, 1, 8),
          new StatedImage(4, 4, 3, 8),
          new StatedImage(4, 4, 1, 7),
        }) {
      assertEquals(
          ErrorCode.PIXEL_DECODE_FAILED,
          assertThrows(
                  PrecordiaException.class,
                  () -> JpegLsDecoder.decode(bytes(HEADER + SCAN + DATA), other))
              .code());
    }
    assertEquals(
        ErrorCode.PIXEL_DECODE_FAILED,
        refused("ffd8 fff7000b08 ffff ffff 01 011100 " + SCAN + DATA));
  }

  @Test
  void headersThatBreakTheStandardAreRefused() {
    UnaryOperator<String> withLse = lse -> HEADER + lse + SCAN + DATA;
    for (String stream :
        new String[] {
          withLse.apply("fff8000d 01 0100 0003 0007 0015 0040 "), // MAXVAL beyond the precision
          withLse.apply("fff8000d 01 00ff 0009 0007 0015 0040 "), // thresholds out of order
          withLse.apply("fff8000d 01 00ff 0003 0007 0015 0002 "), // RESET too small
          withLse.apply("fff8000c 01 00ff 0003 0007 0015 00 "), // too short
          withLse.apply("fff80005 02 01 01 "), // mapping table
          withLse.apply("ffe80009 6d726678 03 0000 "), // colour transform of a vendor
          HEADER + "ffda0008 01 0100 ff 00 00 " + DATA, // NEAR too large
          HEADER + "ffda0008 01 0100 00 03 00 " + DATA, // no such interleave mode
          HEADER + "ffda0008 01 0100 00 00 01 " + DATA, // point transform
          HEADER + "ffda0008 01 0101 00 00 00 " + DATA, // mapping table
          HEADER + "ffda0008 01 0200 00 00 00 " + DATA, // no such component
          "ffd8" + SCAN + DATA, // no frame header
          HEADER + HEADER.substring(4) + SCAN + DATA, // two of them
          HEADER + "ffd9",
          "ffd8 ffc0000b08 0004 0004 01 011100 " + SCAN + DATA, // another process
          HEADER + "ffdd0004 0001 " + SCAN + DATA, // restart markers are missing
          HEADER + SCAN + "c000 ffd9", // ends before the last sample
          HEADER + SCAN + "00".repeat(60) + "ffd9", // a code word without end
          "00000000",
        }) {
      assertEquals(ErrorCode.PIXEL_DECODE_FAILED, refused(stream), stream);
    }
  }
}
