package io.precordia.dicom.query;

import java.util.List;

/**
 * One matching key.
 *
 * @param tag of the attribute
 * @param vr value representation that decides how it matches
 * @param value as asked; empty asks for the attribute without restricting it (universal matching)
 * @param item keys of the item, if this is a sequence
 */
public record QueryKey(int tag, String vr, String value, List<QueryKey> item) {
  public QueryKey {
    item = List.copyOf(item);
  }

  /** Whether every object matches (PS3.4 C.2.2.2.3). */
  public boolean isUniversal() {
    return item.isEmpty()
        ? value.isEmpty() || ValueMatch.isWild(vr) && value.chars().allMatch(c -> c == '*')
        : item.stream().allMatch(QueryKey::isUniversal);
  }
}
