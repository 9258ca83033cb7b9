package io.precordia.dicom.net;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** The walk over data elements of {@link DataSetScanner}: a state machine fed in pieces. */
final class ElementWalk {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_VALUE = 128;
  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;
  private static final int SOP_CLASS = 0x00080016;
  private static final int SOP_INSTANCE = 0x00080018;
  private static final int STUDY = 0x0020000D;
  private static final int SERIES = 0x0020000E;
  private static final Set<String> SHORT =
      Set.of(
          "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL",
          "SS", "ST", "TM", "UI", "UL", "US");

  private enum Kind {
    ELEMENTS,
    ITEMS,
    FRAGMENTS
  }

  /**
   * What is open.
   *
   * @param end position of its end, -1 if a delimiter ends it
   */
  private record Level(Kind kind, long end, boolean explicit) {}

  private final boolean big;
  private final Deque<Level> open = new ArrayDeque<>();
  private final byte[] header = new byte[12];
  private final byte[] value = new byte[MAX_VALUE];
  private int have;
  private int need = 8;
  private long skip;
  private int wanted;
  private int kept;
  private long position;
  private int previous;
  private boolean any;
  private boolean irregular;
  private String sopClass = "";
  private String sopInstance = "";
  private String study = "";
  private String series = "";

  ElementWalk(boolean explicit, boolean big) {
    this.big = big;
    open.push(new Level(Kind.ELEMENTS, -1, explicit));
  }

  void feed(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (skip > 0) {
        int n = (int) Math.min(skip, end - at);
        keep(bytes, at, n);
        at += n;
        skip -= n;
        position += n;
        if (skip == 0) {
          valueEnd();
        }
        continue;
      }
      int n = Math.min(need - have, end - at);
      System.arraycopy(bytes, at, header, have, n);
      have += n;
      at += n;
      position += n;
      if (have == need) {
        header();
      }
    }
  }

  void end() {
    if (have > 0 || skip > 0 || open.size() > 1) {
      throw new PrecordiaException(ErrorCode.TRUNCATED, "the data set is cut short");
    }
    if (!any) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the data set is empty");
    }
  }

  private void header() {
    Level level = level();
    int tag = (u16(0) << 16) | u16(2);
    if (tag >>> 16 == 0xFFFE) {
      have = 0;
      delimiter(level, tag, u32(4));
      return;
    }
    if (level.kind() != Kind.ELEMENTS) {
      throw bad("an item is missing in a sequence");
    }
    if (!level.explicit()) {
      have = 0;
      element(tag, "", u32(4));
      return;
    }
    if (header[4] < 'A' || header[4] > 'Z' || header[5] < 'A' || header[5] > 'Z') {
      throw bad("an element has no value representation");
    }
    String vr = new String(header, 4, 2, StandardCharsets.US_ASCII);
    if (SHORT.contains(vr)) {
      have = 0;
      element(tag, vr, u16(6));
    } else if (need == 8) {
      need = 12;
    } else {
      have = 0;
      need = 8;
      element(tag, vr, u32(8));
    }
  }

  private void element(int tag, String vr, long length) {
    any = true;
    boolean top = open.size() == 1;
    if (top) {
      if (tag >>> 16 <= 0x0002) {
        throw bad("the data set holds command or file meta elements");
      }
      irregular |= previous != 0 && Integer.compareUnsigned(tag, previous) <= 0;
      previous = tag;
    }
    boolean identifies = tag == SOP_CLASS || tag == SOP_INSTANCE || tag == STUDY || tag == SERIES;
    wanted = top && identifies ? tag : 0;
    kept = 0;
    boolean explicit = level().explicit();
    if (length == UNDEFINED) {
      switch (vr) {
        case "OB", "OW" -> push(new Level(Kind.FRAGMENTS, -1, explicit));
        case "SQ", "" -> push(new Level(Kind.ITEMS, -1, explicit));
        // such content is implicit little endian (PS3.5 6.2.2)
        case "UN" -> push(new Level(Kind.ITEMS, -1, false));
        default -> throw bad("an element of undefined length is no sequence");
      }
    } else {
      fits(length);
      if (vr.equals("SQ") && length > 0) {
        push(new Level(Kind.ITEMS, position + length, explicit));
      } else {
        skip = length;
        if (length == 0) {
          valueEnd();
        }
      }
    }
  }

  private void delimiter(Level level, int tag, long length) {
    switch (tag) {
      case ITEM -> item(level, length);
      case ITEM_END -> {
        if (level.kind() != Kind.ELEMENTS || level.end() >= 0 || open.size() == 1) {
          throw bad("an item ends where none is open");
        }
        open.pop();
        ended();
      }
      case SEQUENCE_END -> {
        if (level.kind() == Kind.ELEMENTS || level.end() >= 0) {
          throw bad("a sequence ends where none is open");
        }
        open.pop();
        ended();
      }
      default -> throw bad("an unknown delimiter");
    }
  }

  private void item(Level level, long length) {
    if (level.kind() == Kind.ELEMENTS) {
      throw bad("an item outside of a sequence");
    }
    if (length != UNDEFINED) {
      fits(length);
    }
    if (level.kind() == Kind.FRAGMENTS) {
      if (length == UNDEFINED) {
        throw bad("a fragment of undefined length");
      }
      wanted = 0;
      skip = length;
    } else {
      push(
          new Level(Kind.ELEMENTS, length == UNDEFINED ? -1 : position + length, level.explicit()));
      ended(); // an empty item
    }
  }

  private void fits(long length) {
    long end = -1;
    for (Level level : open) {
      if (level.end() >= 0) {
        end = level.end();
        break;
      }
    }
    if (end >= 0 && position + length > end) {
      throw bad("an element is longer than what it lies in");
    }
  }

  private void push(Level level) {
    if (open.size() > MAX_DEPTH) {
      throw bad("sequences are nested more than " + MAX_DEPTH + " deep");
    }
    open.push(level);
  }

  private void keep(byte[] bytes, int at, int n) {
    if (wanted != 0) {
      int room = Math.min(n, MAX_VALUE - kept);
      System.arraycopy(bytes, at, value, kept, room);
      kept += room;
    }
  }

  private void valueEnd() {
    if (wanted != 0) {
      String text =
          new String(value, 0, kept, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
      switch (wanted) {
        case SOP_CLASS -> sopClass = text;
        case SOP_INSTANCE -> sopInstance = text;
        case STUDY -> study = text;
        default -> series = text;
      }
      wanted = 0;
    }
    ended();
  }

  // Closes what ends at this position.
  private void ended() {
    while (open.size() > 1 && level().end() >= 0 && position >= level().end()) {
      open.pop();
    }
  }

  private Level level() {
    return open.element();
  }

  private int u16(int at) {
    int a = header[at] & 0xFF;
    int b = header[at + 1] & 0xFF;
    return big ? a << 8 | b : b << 8 | a;
  }

  private long u32(int at) {
    return big ? (long) u16(at) << 16 | u16(at + 2) : (long) u16(at + 2) << 16 | u16(at);
  }

  String sopClass() {
    return sopClass;
  }

  String sopInstance() {
    return sopInstance;
  }

  String study() {
    return study;
  }

  String series() {
    return series;
  }

  boolean irregular() {
    return irregular;
  }

  private static PrecordiaException bad(String what) {
    return new PrecordiaException(ErrorCode.MALFORMED, what);
  }
}
