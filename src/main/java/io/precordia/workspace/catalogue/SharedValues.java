package io.precordia.workspace.catalogue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One copy of values that repeat: classes, modalities, dates, descriptions. Thread-safe. */
final class SharedValues {
  private static final int MOST = 50_000;
  private static final int LONGEST = 64;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  String of(String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      return value.isEmpty() ? "" : value;
    }
    if (known.size() > MOST) {
      known.clear(); // what is in use stays shared; only newcomers are not shared with it
    }
    String before = known.putIfAbsent(value, value);
    return before == null ? value : before;
  }

  /** Forgets everything. */
  void clear() {
    known.clear();
  }
}
