package io.precordia.dicom.deid;

import io.precordia.dicom.DicomObject;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/** Compares de-identified objects with the answer key. */
final class PhiScore {
  private static final List<String> CHARSETS =
      List.of(
          "UTF-8",
          "ISO-8859-1",
          "ISO-8859-2",
          "ISO-8859-5",
          "ISO-8859-7",
          "ISO-8859-8",
          "ISO-2022-JP",
          "Shift_JIS",
          "EUC-JP",
          "EUC-KR",
          "ISO-2022-KR",
          "GB18030",
          "UTF-16LE",
          "UTF-16BE");

  /** A line counts as blanked if this part of its ink is gone. */
  private static final double INK = 0.95;

  private final SubjectSecret secret;
  private final Map<String, String> uids = new HashMap<>();
  int objects;
  int refused;
  int actions;
  int right;
  int identifiers;
  int left;
  int burned;
  int blanked;
  int films;
  int cleanFilms;
  int touchedCleanFilms;
  double lungTouched;
  double worstLung;
  final List<String> faults = new ArrayList<>();
  final Map<String, int[]> byKind = new TreeMap<>();

  PhiScore(SubjectSecret secret) {
    this.secret = secret;
  }

  void add(PhiCase c) throws IOException {
    objects++;
    byte[] out;
    try {
      out = new DicomDeidentifier(c.profile, secret).deidentify(c.file, null).file();
    } catch (PrecordiaException e) {
      actions++;
      if (c.refused && e.code() == ErrorCode.NOT_DEIDENTIFIABLE) {
        right++;
        refused++;
      } else {
        fault(c, "refused: " + e.getMessage() + " " + e.getCause());
      }
      return;
    }
    if (c.refused) {
      actions++;
      fault(c, "not refused");
      return;
    }
    Attributes data = DicomObject.parse(out).data();
    for (PhiCase.Planted planted : c.key) {
      actions++;
      String wrong = check(c, planted, data);
      if (wrong == null) {
        right++;
      } else {
        fault(c, path(planted.path()) + " " + planted.expected() + " " + wrong);
      }
    }
    marks(c, data);
    identifiers(c, out, data);
    pixels(c, data);
  }

  private void marks(PhiCase c, Attributes data) {
    actions++;
    Sequence codes = data.getSequence(Tag.DeidentificationMethodCodeSequence);
    if ("YES".equals(data.getString(Tag.PatientIdentityRemoved))
        && codes != null
        && codes.size() == c.profile.options().size()
        && data.contains(Tag.LongitudinalTemporalInformationModified)) {
      right++;
    } else {
      fault(c, "marks");
    }
  }

  private String check(PhiCase c, PhiCase.Planted planted, Attributes root) {
    Attributes at = root;
    int[] path = planted.path();
    for (int i = 0; i + 1 < path.length && at != null; i += 2) {
      Sequence items = at.getSequence(path[i]);
      at = items == null || items.size() <= path[i + 1] ? null : items.get(path[i + 1]);
    }
    int tag = path[path.length - 1];
    boolean there =
        at != null && (tag & 0x10000) == 0
            ? at.contains(tag)
            : at != null && at.contains(at.privateCreatorOf(tag), tag);
    if (planted.expected() == Expected.ABSENT) {
      return there ? "is there" : null;
    }
    if (!there) {
      return "is not there";
    }
    if (at.getValue(tag) instanceof Sequence s) {
      return planted.expected() == Expected.EMPTY && s.isEmpty() ? null : "items: " + s.size();
    }
    if (at.getVR(tag) == VR.OW) {
      return planted.expected() == Expected.DUMMY && !ones(at.getSafeBytes(tag))
          ? null
          : "bits left";
    }
    String[] now =
        (tag & 0x10000) == 0 ? at.getStrings(tag) : at.getStrings(at.privateCreatorOf(tag), tag);
    String[] was = planted.original();
    boolean empty = now == null || now.length == 0;
    return switch (planted.expected()) {
      case EMPTY -> empty || !contains(now, was) ? null : "has " + Arrays.toString(now);
      case DUMMY -> !empty && !Arrays.equals(now, was) ? null : "has " + Arrays.toString(now);
      case SAME ->
          same(now, was) ? null : "has " + Arrays.toString(now) + " not " + Arrays.toString(was);
      case NEW_UID -> uid(now, was);
      case SHIFTED -> shifted(c, at.getVR(tag), now, was);
      case CLEANED -> cleaned(c, planted, now);
      case ABSENT -> null;
    };
  }

  private static boolean ones(byte[] bits) {
    int on = 0;
    for (byte b : bits) {
      on += Integer.bitCount(b & 0xff);
    }
    return on > 12;
  }

  private static boolean contains(String[] now, String[] was) {
    return Arrays.stream(now)
        .anyMatch(n -> Arrays.stream(was).anyMatch(w -> n != null && n.contains(w)));
  }

  private static boolean same(String[] now, String[] was) {
    if (now == null || now.length != was.length) {
      return false;
    }
    for (int i = 0; i < now.length; i++) {
      if (!now[i].strip().equals(was[i].strip())) {
        return false;
      }
    }
    return true;
  }

  private String uid(String[] now, String[] was) {
    if (now == null || now.length != was.length) {
      return "has another number of values";
    }
    for (int i = 0; i < now.length; i++) {
      String first = uids.putIfAbsent(was[i], now[i]);
      if (now[i].equals(was[i])
          || first != null && !first.equals(now[i])
          || !now[i].startsWith("2.25.")
          || now[i].length() > 64) {
        return "has " + now[i];
      }
    }
    return null;
  }

  private String shifted(PhiCase c, VR vr, String[] now, String[] was) {
    if (now == null || now.length != was.length) {
      return "has another number of values";
    }
    int days = secret.shiftDays(c.subject());
    for (int i = 0; i < now.length; i++) {
      String expected =
          vr == VR.TM
              ? was[i]
              : java.time.format.DateTimeFormatter.BASIC_ISO_DATE.format(
                      java.time.LocalDate.parse(
                              was[i].substring(0, 8),
                              java.time.format.DateTimeFormatter.BASIC_ISO_DATE)
                          .plusDays(days))
                  + was[i].substring(8);
      if (!now[i].equals(expected)) {
        return "has " + now[i] + " not " + expected;
      }
    }
    return null;
  }

  private static String cleaned(PhiCase c, PhiCase.Planted planted, String[] now) {
    String text = now == null ? "" : String.join(" ", now);
    for (String word : planted.keep()) {
      if (!text.contains(word)) {
        return "lost '" + word + "': " + text;
      }
    }
    for (String identifier : c.identifiers) {
      if (text.toLowerCase(Locale.ROOT).contains(identifier.toLowerCase(Locale.ROOT))) {
        return "still has '" + identifier + "': " + text;
      }
    }
    return null;
  }

  /**
   * The bytes of the whole file, pixels and samples apart, in every encoding that could hold it.
   */
  private void identifiers(PhiCase c, byte[] file, Attributes data) throws IOException {
    byte[] bytes = file.clone();
    byte[] pixels = data.getBytes(Tag.PixelData);
    if (pixels != null && pixels.length > 1000) {
      int at = indexOf(bytes, Arrays.copyOf(pixels, 1000), 0);
      Arrays.fill(bytes, at, at + pixels.length, (byte) 0);
    }
    byte[] lower = lower(bytes);
    for (String identifier : c.identifiers) {
      identifiers++;
      boolean found = false;
      for (String charset : CHARSETS) {
        Charset cs = Charset.forName(charset);
        byte[] needle = encoded(identifier, cs);
        found |= needle != null && indexOf(lower, lower(needle), 0) >= 0;
      }
      if (found) {
        left++;
        fault(c, "identifier left: " + identifier);
      }
    }
  }

  private static byte[] encoded(String s, Charset cs) {
    if (!cs.canEncode() || !cs.newEncoder().canEncode(s)) {
      return null;
    }
    String name = cs.name();
    byte[] all = s.getBytes(cs);
    // Without the escape sequences around it.
    if (name.equals("ISO-2022-JP") || name.equals("ISO-2022-KR")) {
      String raw = new String(all, StandardCharsets.ISO_8859_1);
      return raw.contains("\u001b")
          ? raw.replaceAll("\u001b\\$?[()]?.|[\u000e\u000f]", "")
              .getBytes(StandardCharsets.ISO_8859_1)
          : all;
    }
    return all;
  }

  private static byte[] lower(byte[] in) {
    byte[] out = in.clone();
    for (int i = 0; i < out.length; i++) {
      if (out[i] >= 'A' && out[i] <= 'Z') {
        out[i] += 32;
      }
    }
    return out;
  }

  private static int indexOf(byte[] in, byte[] what, int from) {
    outer:
    for (int i = from; i + what.length <= in.length; i++) {
      for (int k = 0; k < what.length; k++) {
        if (in[i + k] != what[k]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }

  private void pixels(PhiCase c, Attributes out) throws IOException {
    if (!out.contains(Tag.PixelData)) {
      return;
    }
    Attributes in = DicomObject.parse(c.file).data();
    byte[] before = in.getBytes(Tag.PixelData);
    byte[] after = out.getBytes(Tag.PixelData);
    int samples = in.getInt(Tag.SamplesPerPixel, 1);
    int width = in.getInt(Tag.BitsAllocated, 8) / 8;
    int n = in.getInt(Tag.Rows, 0) * in.getInt(Tag.Columns, 0);
    boolean planar = in.getInt(Tag.PlanarConfiguration, 0) == 1;
    boolean nowPlanar = out.getInt(Tag.PlanarConfiguration, 0) == 1;
    int[] kind = byKind.computeIfAbsent(c.kind, k -> new int[2]);
    if (!c.lines.isEmpty()) {
      burned++;
      kind[0]++;
      boolean all = true;
      for (PhiCase.Line line : c.lines) {
        java.util.BitSet ink = new java.util.BitSet(n);
        for (int p : line.ink()) {
          ink.set(p);
        }
        int gone = 0;
        for (int p : line.ink()) {
          boolean changed = false;
          boolean same = true;
          for (int s = 0; s < samples; s++) {
            int a = (planar ? s * n + p : p * samples + s) * width;
            int z = (nowPlanar ? s * n + p : p * samples + s) * width;
            // Ink and paper are one colour now, whatever the ink was.
            int next = p + 1 < n && !ink.get(p + 1) ? p + 1 : p;
            while (next + 1 < n && ink.get(next)) {
              next++;
            }
            int q = (nowPlanar ? s * n + next : next * samples + s) * width;
            boolean level = true;
            for (int b = 0; b < width; b++) {
              changed |= before[a + b] != after[z + b];
              level &= after[z + b] == after[q + b];
            }
            same &= level;
          }
          changed |= same;
          gone += changed ? 1 : 0;
        }
        if (gone < INK * line.ink().length) {
          all = false;
          fault(
              c,
              "text left in pixels: "
                  + line.box()
                  + " "
                  + 100 * gone / line.ink().length
                  + " % gone");
        }
      }
      if (all) {
        blanked++;
        kind[1]++;
      }
    }
    if (c.lungs != null) {
      films++;
      int lung = 0;
      int touched = 0;
      boolean any = false;
      for (int p = 0; p < n; p++) {
        boolean changed = false;
        for (int b = 0; b < width; b++) {
          changed |= before[p * width + b] != after[p * width + b];
        }
        any |= changed;
        lung += c.lungs[p] ? 1 : 0;
        touched += c.lungs[p] && changed ? 1 : 0;
      }
      double part = lung == 0 ? 0 : (double) touched / lung;
      lungTouched += part;
      worstLung = Math.max(worstLung, part);
      if (part > 0.02) {
        fault(c, String.format("lung touched %.1f %%", 100 * part));
      }
      if (c.lines.isEmpty()) {
        cleanFilms++;
        touchedCleanFilms += any ? 1 : 0;
      }
    }
  }

  private static String path(int[] path) {
    StringBuilder s = new StringBuilder();
    for (int p : path) {
      s.append(p > 0xffff || p < 0 ? String.format("/%08X", p) : "[" + p + "]");
    }
    return s.toString();
  }

  private void fault(PhiCase c, String what) {
    faults.add("#" + c.index + " " + c.kind + " " + what);
  }

  double accuracy() {
    return (double) right / actions;
  }

  double recall() {
    return burned == 0 ? 1 : (double) blanked / burned;
  }

  double meanLung() {
    return films == 0 ? 0 : lungTouched / films;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d objects (%d refused, as they must be)%nactions right: %d of %d (%.3f %%)%n"
            + "direct identifiers left: %d of %d%nburned-in cases blanked: %d of %d (%.1f %%) %s%n"
            + "lung area touched: mean %.3f %%, worst film %.2f %% (%d films)%n"
            + "films without text that were changed all the same: %d of %d",
        objects,
        refused,
        right,
        actions,
        100 * accuracy(),
        left,
        identifiers,
        blanked,
        burned,
        100 * recall(),
        kinds(),
        100 * meanLung(),
        100 * worstLung,
        films,
        touchedCleanFilms,
        cleanFilms);
  }

  private String kinds() {
    StringBuilder s = new StringBuilder("(");
    byKind.forEach(
        (k, v) -> s.append(k).append(' ').append(v[1]).append('/').append(v[0]).append(' '));
    return s.toString().strip() + ")";
  }
}
