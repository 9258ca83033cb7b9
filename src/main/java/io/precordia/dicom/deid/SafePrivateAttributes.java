package io.precordia.dicom.deid;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Private attributes that may stay under Retain Safe Private (PS3.15 E.3.10). Immutable. */
final class SafePrivateAttributes {
  private final Set<String> known = new HashSet<>();

  private SafePrivateAttributes() {}

  static SafePrivateAttributes load() {
    SafePrivateAttributes safe = new SafePrivateAttributes();
    try (InputStream in = SafePrivateAttributes.class.getResourceAsStream("safe-private.tsv")) {
      if (in == null) {
        throw new IllegalStateException("safe-private.tsv is not in the program");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(c -> safe.known.add(c[0] + '|' + c[1] + '|' + c[2] + '|' + c[3]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return safe;
  }

  /**
   * @param vr value representation in the object; another one than the list's is not trusted
   */
  boolean contains(int tag, String creator, String vr) {
    return known.contains(
        String.format("%04X|%s|%02X|%s", tag >>> 16, creator.strip(), tag & 0xff, vr));
  }
}
