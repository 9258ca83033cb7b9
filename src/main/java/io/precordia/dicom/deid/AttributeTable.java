package io.precordia.dicom.deid;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PS3.15 Table E.1-1 as data ({@code annex-e.tsv}). Immutable. */
final class AttributeTable {
  /**
   * One line.
   *
   * @param basic action of the Basic Profile, for example {@code X/Z/D}
   * @param options KEEP, CLEAN or REMOVE by option
   */
  record Line(String keyword, String basic, Map<ProfileOption, Action> options) {}

  private static final int FIRST_OPTION = 3;
  private final Map<Integer, Line> lines = new HashMap<>();

  private AttributeTable() {}

  static AttributeTable load() {
    AttributeTable table = new AttributeTable();
    try (InputStream in = AttributeTable.class.getResourceAsStream("annex-e.tsv")) {
      if (in == null) {
        throw new IllegalStateException("annex-e.tsv is not in the program");
      }
      List<String> text =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      String[] head = text.getFirst().split("\t", -1);
      for (String line : text.subList(1, text.size())) {
        table.add(head, line.split("\t", -1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private void add(String[] head, String[] cells) {
    Map<ProfileOption, Action> options = new EnumMap<>(ProfileOption.class);
    for (ProfileOption option : ProfileOption.values()) {
      for (int i = FIRST_OPTION; i < cells.length; i++) {
        if (head[i].equals(option.column()) && !cells[i].equals("-")) {
          options.put(
              option,
              switch (cells[i]) {
                case "K" -> Action.KEEP;
                case "C" -> Action.CLEAN;
                default -> Action.REMOVE;
              });
        }
      }
    }
    lines.put(key(cells[0]), new Line(cells[1], cells[2], options));
  }

  // Repeating groups stand under their first group; private attributes under no tag at all.
  private static int key(String tag) {
    return switch (tag) {
      case "50xxxxxx" -> 0x50000000;
      case "60xx3000" -> 0x60003000;
      case "60xx4000" -> 0x60004000;
      case "ggggeeee" -> 0x00010000;
      default -> Integer.parseUnsignedInt(tag, 16);
    };
  }

  /** The line of an attribute, or null where the table has none. */
  @Nullable Line of(int tag) {
    if ((tag & 0x00010000) != 0) {
      return lines.get(0x00010000);
    }
    int group = tag >>> 24;
    if (group == 0x50) {
      return lines.get(0x50000000);
    }
    return lines.get(group == 0x60 ? tag & 0xff00ffff : tag);
  }

  int size() {
    return lines.size();
  }
}
