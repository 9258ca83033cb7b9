package io.precordia.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages DICOM files where they have structure: value representations, lengths, sequences,
 * fragments, UIDs, character sets, order of elements, file meta information. The same seed gives
 * the same mutants. Works on Part 10 files in Explicit or Implicit VR Little Endian.
 */
public final class DicomMutator {
  private static final int PIXEL_DATA = 0x7fe00010;
  private static final int UNDEFINED = 0xffffffff;
  private static final String LONG_VRS = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";
  private static final String[] VRS = {
    "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OW", "PN", "SH",
    "SL", "SQ", "SS", "ST", "TM", "UC", "UI", "UL", "UN", "UR", "US", "UT", "OV", "??", "\0\0", "zz"
  };
  private static final String[] UIDS = {
    "../../../../etc/passwd",
    "1.2.3/../../4",
    "",
    " ",
    ".",
    "..",
    "1..2",
    "1.2.",
    "0",
    "1.2.3\\1.2.4",
    "1.2.840.abc",
    "9".repeat(65),
    "1.".repeat(400) + "1",
    "1.2\0.3",
    "%2e%2e%2f",
    "\u00e9.1"
  };
  private static final String[] CHARSETS = {
    "ISO_IR 999",
    "\\ISO 2022 IR 87",
    "ISO 2022 IR 6\\ISO 2022 IR 149",
    "GB18030",
    "GBK",
    "UTF-8",
    "ISO_IR 13",
    "",
    "\\",
    "ISO_IR 192\\ISO_IR 100",
    "x".repeat(200)
  };
  private final Random random;

  public DicomMutator(long seed) {
    this.random = new Random(seed);
  }

  /** A damaged file, and what was done to it. */
  public record Mutant(byte[] bytes, String what) {}

  /** Place of an element: whole from start to end, value from {@code value}. */
  private record Element(int start, int value, int end, int tag, String vr) {}

  /** One to three mutations of a file. */
  public Mutant mutate(byte[] file) {
    byte[] bytes = file;
    StringBuilder what = new StringBuilder();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      int kind = random.nextInt(18);
      what.append(i == 0 ? "" : "+").append(kind);
      try {
        bytes = mutate(bytes, kind);
      } catch (IndexOutOfBoundsException e) {
        what.append('!'); // an earlier mutation left too little to work on
      }
    }
    return new Mutant(bytes, what.toString());
  }

  private byte[] mutate(byte[] in, int kind) {
    List<Element> elements = walk(in);
    Element one = elements.isEmpty() ? null : elements.get(random.nextInt(elements.size()));
    if (one == null) {
      return flip(in);
    }
    return switch (kind) {
      case 0 -> vr(in, one);
      case 1 -> length(in, one, UNDEFINED);
      case 2 ->
          length(
              in, one, new int[] {0xfffffffe, 0x7fffffff, 0x80000000, 1 << 30}[random.nextInt(4)]);
      case 3 -> length(in, one, one.end() - one.value() + random.nextInt(9) - 4);
      case 4 -> Arrays.copyOf(in, 132 + random.nextInt(Math.max(1, in.length - 132)));
      case 5 -> splice(in, one.end(), one.end(), Arrays.copyOfRange(in, one.start(), one.end()));
      case 6 -> splice(in, one.start(), one.end(), new byte[0]);
      case 7 -> swap(in, one, elements.get(random.nextInt(elements.size())));
      case 8 ->
          splice(
              in, one.start(), one.start(), nested(1 + random.nextInt(3000), random.nextBoolean()));
      case 9 -> withoutDelimiter(in);
      case 10 -> uid(in, elements);
      case 11 -> charset(in, elements);
      case 12 -> fragments(in, elements);
      case 13 -> meta(in);
      case 14 -> tag(in, one);
      case 15 -> number(in, elements);
      case 16 -> splice(in, in.length, in.length, noise(1 + random.nextInt(64)));
      default -> flip(in);
    };
  }

  private static boolean implicit(byte[] in) {
    return !new String(in, 132, Math.min(400, in.length - 132), StandardCharsets.ISO_8859_1)
            .contains("1.2.840.10008.1.2.")
        && in.length > 400;
  }

  /** Top-level elements behind the file meta information, as far as they can be followed. */
  private static List<Element> walk(byte[] in) {
    List<Element> out = new ArrayList<>();
    if (in.length < 160) {
      return out;
    }
    ByteBuffer b = ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN);
    boolean implicit = implicit(in);
    int at = 132;
    while (at + 8 <= in.length) {
      int tag = b.getShort(at) << 16 | b.getShort(at + 2) & 0xffff;
      boolean meta = b.getShort(at) == 2;
      String vr = new String(in, at + 4, 2, StandardCharsets.ISO_8859_1);
      int value;
      long length;
      if (implicit && !meta) {
        value = at + 8;
        length = b.getInt(at + 4) & 0xffffffffL;
        vr = "--";
      } else if (LONG_VRS.contains(vr)) {
        if (at + 12 > in.length) {
          break;
        }
        value = at + 12;
        length = b.getInt(at + 8) & 0xffffffffL;
      } else {
        value = at + 8;
        length = b.getShort(at + 6) & 0xffff;
      }
      int end =
          length == 0xffffffffL
              ? afterDelimiter(in, value)
              : (int) Math.min(in.length, value + length);
      if (!meta) {
        out.add(new Element(at, value, end, tag, vr));
      }
      at = end;
    }
    return out;
  }

  private static int afterDelimiter(byte[] in, int from) {
    byte[] mark = {(byte) 0xfe, (byte) 0xff, (byte) 0xdd, (byte) 0xe0};
    for (int i = from; i + 8 <= in.length; i++) {
      if (Arrays.equals(in, i, i + 4, mark, 0, 4)) {
        return i + 8;
      }
    }
    return in.length;
  }

  private byte[] vr(byte[] in, Element e) {
    byte[] out = in.clone();
    String vr = VRS[random.nextInt(VRS.length)];
    out[e.start() + 4] = (byte) vr.charAt(0);
    out[e.start() + 5] = (byte) vr.charAt(1);
    return out;
  }

  private static byte[] length(byte[] in, Element e, int length) {
    byte[] out = in.clone();
    ByteBuffer b = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    if (e.vr().equals("--") || LONG_VRS.contains(e.vr())) {
      b.putInt(e.value() - 4, length);
    } else {
      b.putShort(e.value() - 2, (short) length);
    }
    return out;
  }

  private static byte[] swap(byte[] in, Element a, Element b) {
    if (a.start() == b.start()) {
      return in;
    }
    Element first = a.start() < b.start() ? a : b;
    Element second = a.start() < b.start() ? b : a;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(in, 0, first.start());
    out.write(in, second.start(), second.end() - second.start());
    out.write(in, first.end(), second.start() - first.end());
    out.write(in, first.start(), first.end() - first.start());
    out.write(in, second.end(), in.length - second.end());
    return out.toByteArray();
  }

  /** Sequences in sequences, of undefined length, with or without their delimiters. */
  private static byte[] nested(int depth, boolean closed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < depth; i++) {
      put(out, 0x00400260, "SQ");
      putItem(out, 0xe000, UNDEFINED);
    }
    for (int i = 0; closed && i < depth; i++) {
      putItem(out, 0xe00d, 0);
      putItem(out, 0xe0dd, 0);
    }
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, int tag, String vr) {
    ByteBuffer b = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    b.putShort((short) (tag >> 16))
        .putShort((short) tag)
        .put(vr.getBytes(StandardCharsets.US_ASCII));
    b.putShort((short) 0).putInt(UNDEFINED);
    out.writeBytes(b.array());
  }

  private static void putItem(ByteArrayOutputStream out, int element, int length) {
    ByteBuffer b = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    b.putShort((short) 0xfffe).putShort((short) element).putInt(length);
    out.writeBytes(b.array());
  }

  private byte[] withoutDelimiter(byte[] in) {
    List<Integer> places = new ArrayList<>();
    for (int i = 132; i + 8 <= in.length; i++) {
      boolean item = in[i] == (byte) 0xfe && in[i + 1] == (byte) 0xff && in[i + 3] == (byte) 0xe0;
      if (item && (in[i + 2] == (byte) 0xdd || in[i + 2] == 0x0d || in[i + 2] == 0)) {
        places.add(i);
      }
    }
    if (places.isEmpty()) {
      return flip(in);
    }
    int at = places.get(random.nextInt(places.size()));
    return splice(in, at, at + 8, new byte[0]);
  }

  private byte[] uid(byte[] in, List<Element> elements) {
    int[] tags = {0x00080016, 0x00080018, 0x0020000d, 0x0020000e};
    int tag = tags[random.nextInt(tags.length)];
    return value(in, elements, tag, UIDS[random.nextInt(UIDS.length)]);
  }

  private byte[] charset(byte[] in, List<Element> elements) {
    byte[] out = value(in, elements, 0x00080005, CHARSETS[random.nextInt(CHARSETS.length)]);
    return random.nextBoolean()
        ? out
        : value(
            out, walk(out), 0x00100010, "\u001b$B!!\u001b(B^\u00ff\u00fe=\u001b$)C\u00b1=\u001b");
  }

  private static byte[] value(byte[] in, List<Element> elements, int tag, String text) {
    for (Element e : elements) {
      if (e.tag() == tag) {
        byte[] value = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] even = Arrays.copyOf(value, value.length + value.length % 2);
        byte[] out = splice(in, e.value(), e.end(), even);
        return length(out, e, even.length);
      }
    }
    return in;
  }

  /** Turns pixel data into fragments, none of which need be right. */
  private byte[] fragments(byte[] in, List<Element> elements) {
    for (Element e : elements) {
      if (e.tag() == PIXEL_DATA) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int n = random.nextInt(5);
        for (int i = 0; i < n; i++) {
          byte[] fragment = noise(random.nextInt(40));
          putItem(
              out,
              random.nextInt(10) == 0 ? 0xe00d : 0xe000,
              random.nextInt(6) == 0 ? -2 : fragment.length);
          out.writeBytes(fragment);
        }
        if (random.nextBoolean()) {
          putItem(out, 0xe0dd, random.nextInt(4) == 0 ? 77 : 0);
        }
        return length(splice(in, e.value(), e.end(), out.toByteArray()), e, UNDEFINED);
      }
    }
    return flip(in);
  }

  private byte[] meta(byte[] in) {
    byte[] out = in.clone();
    int at = 128 + random.nextInt(Math.min(in.length - 128, 220));
    return switch (random.nextInt(3)) {
      case 0 -> {
        out[at] ^= (byte) (1 << random.nextInt(8));
        yield out;
      }
      case 1 -> splice(in, 132, Math.min(in.length, at + 8), new byte[0]);
      default -> {
        String text = new String(in, StandardCharsets.ISO_8859_1);
        String[] syntaxes = {
          "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4", "9.9.999.99999.9.9.9"
        };
        yield text.replaceFirst(
                "1\\.2\\.840\\.10008\\.1\\.2\\.[0-9]", syntaxes[random.nextInt(syntaxes.length)])
            .getBytes(StandardCharsets.ISO_8859_1);
      }
    };
  }

  private byte[] tag(byte[] in, Element e) {
    byte[] out = in.clone();
    int[] tags = {
      0x00020010, 0xfffee000, 0xfffee00d, 0xfffee0dd, 0x00000000, 0x00090010, 0x7fe00010, 0x00280010
    };
    int tag = random.nextInt(3) == 0 ? random.nextInt() : tags[random.nextInt(tags.length)];
    ByteBuffer.wrap(out)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(e.start(), (short) (tag >> 16))
        .putShort(e.start() + 2, (short) tag);
    return out;
  }

  /** Rows, columns, samples, bits, frames: numbers that decide how much memory is taken. */
  private byte[] number(byte[] in, List<Element> elements) {
    int[] tags = {
      0x00280010, 0x00280011, 0x00280002, 0x00280100, 0x00280101, 0x00280102, 0x00280103
    };
    int tag = tags[random.nextInt(tags.length)];
    byte[] out = in.clone();
    for (Element e : elements) {
      if (e.tag() == tag && e.end() - e.value() >= 2) {
        short[] values = {0, 1, -1, 0x7fff, (short) 0x8000, 3, 33, 64};
        ByteBuffer.wrap(out)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort(e.value(), values[random.nextInt(values.length)]);
      }
    }
    return out;
  }

  private byte[] flip(byte[] in) {
    byte[] out = in.clone();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      out[132 + random.nextInt(Math.max(1, out.length - 132))] ^= (byte) (1 << random.nextInt(8));
    }
    return out;
  }

  private byte[] noise(int length) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    return out;
  }

  private static byte[] splice(byte[] in, int from, int to, byte[] with) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(in, 0, from);
    out.writeBytes(with);
    out.write(in, to, in.length - to);
    return out.toByteArray();
  }
}
