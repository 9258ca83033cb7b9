package io.precordia.dicom.query;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.ElementDictionary;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.jspecify.annotations.Nullable;

/** Makes matching keys of an identifier data set (C-FIND) or of query parameters (QIDO-RS). */
public final class QueryKeys {
  private static final int DEEPEST = 8;
  private static final int LONGEST = 4096;

  private QueryKeys() {}

  /**
   * The keys of an identifier; its level and character set are no keys. For the DICOM room only.
   */
  public static List<QueryKey> of(Attributes identifier) {
    List<QueryKey> keys = new ArrayList<>();
    for (int tag : identifier.tags()) {
      int group = tag >>> 16;
      if (tag == 0x00080005 || tag == 0x00080052 || (tag & 0xffff) == 0 || (group & 1) == 1) {
        continue;
      }
      Sequence items = identifier.getSequence(tag);
      if (items != null) {
        keys.add(new QueryKey(tag, "SQ", "", items.isEmpty() ? List.of() : of(items.getFirst())));
        continue;
      }
      StringJoiner joined = new StringJoiner("\\");
      @Nullable String @Nullable [] values = identifier.getStrings(tag);
      for (String value : values == null ? new String[0] : values) {
        joined.add(value == null ? "" : value.strip());
      }
      keys.add(new QueryKey(tag, vr(tag), joined.toString(), List.of()));
    }
    return keys;
  }

  /**
   * A key of a QIDO-RS parameter (PS3.18 8.3.4.1).
   *
   * @param attribute keyword or eight hex digits, several joined by dots for one inside sequences
   * @throws PrecordiaException INVALID_ARGUMENT if that is no attribute
   */
  public static QueryKey of(String attribute, String value) {
    if (value.length() > LONGEST) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "a query value may have at most " + LONGEST + " characters");
    }
    int[] path = path(attribute);
    QueryKey key = new QueryKey(path[path.length - 1], vr(path[path.length - 1]), value, List.of());
    for (int i = path.length - 2; i >= 0; i--) {
      key = new QueryKey(path[i], "SQ", "", List.of(key));
    }
    return key;
  }

  /**
   * The tags that an attribute's name in a parameter stands for.
   *
   * @throws PrecordiaException INVALID_ARGUMENT
   */
  public static int[] path(String attribute) {
    String[] names = attribute.split("\\.", -1);
    if (names.length > DEEPEST) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "a query attribute may be nested " + DEEPEST + " deep at most");
    }
    int[] tags = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      tags[i] = tag(names[i]);
    }
    return tags;
  }

  private static int tag(String name) {
    if (name.matches("[0-9A-Fa-f]{8}")) {
      return Integer.parseUnsignedInt(name, 16);
    }
    int tag = name.matches("[A-Za-z0-9]{1,64}") ? ElementDictionary.tagForKeyword(name, null) : -1;
    if (tag == -1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "a query parameter is neither a known one nor a DICOM attribute: use the keyword or eight hex digits");
    }
    return tag;
  }

  private static String vr(int tag) {
    VR vr = ElementDictionary.vrOf(tag, null);
    return vr == null ? "UN" : vr.name().toUpperCase(Locale.ROOT);
  }
}
