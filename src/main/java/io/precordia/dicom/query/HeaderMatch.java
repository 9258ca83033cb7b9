package io.precordia.dicom.query;

import io.precordia.dicom.DicomHeader;
import java.util.List;
import java.util.StringJoiner;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.jspecify.annotations.Nullable;

/** Matches keys of any attribute, also inside sequences, against a whole header. Immutable. */
public final class HeaderMatch {
  private final List<QueryKey> keys;
  private final boolean fuzzy;

  public HeaderMatch(List<QueryKey> keys, boolean fuzzy) {
    this.keys = List.copyOf(keys);
    this.fuzzy = fuzzy;
  }

  /** Whether every key matches. */
  public boolean matches(DicomHeader header) {
    return matches(header.attributes(), keys);
  }

  private boolean matches(Attributes item, List<QueryKey> asked) {
    for (QueryKey key : asked) {
      if (!key.isUniversal() && !matches(item, key)) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(Attributes data, QueryKey key) {
    if (!key.item().isEmpty()) {
      // PS3.4 C.2.2.2.6: one item that matches all keys is enough.
      Sequence items = data.getSequence(key.tag());
      return items != null && items.stream().anyMatch(item -> matches(item, key.item()));
    }
    return ValueMatch.of(key.vr(), key.value(), fuzzy).matches(joined(data, key.tag()));
  }

  private static String joined(Attributes data, int tag) {
    @Nullable String @Nullable [] values = data.getStrings(tag);
    if (values == null) {
      return "";
    }
    StringJoiner out = new StringJoiner("\\");
    for (String value : values) {
      out.add(value == null ? "" : value);
    }
    return out.toString();
  }
}
