package io.precordia.serve.adapters;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind the {@code @} of an address: one adapter ({@code site-a}), or a weighted sum
 * ({@code site-a*0.7+site-b*0.3}).
 */
public record AdapterMix(List<Part> parts) {
  private static final int MOST = 8;
  private static final double LARGEST = 100;
  private static final Pattern PART =
      Pattern.compile("([a-z0-9._-]{1,64})(?:\\*(-?[0-9]{1,6}(?:\\.[0-9]{1,9})?))?");

  /**
   * One adapter.
   *
   * @param adapter name, or digest of a version
   */
  public record Part(String adapter, double weight) {}

  public AdapterMix {
    parts = List.copyOf(parts);
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT if it is written otherwise, names an adapter twice,
   *     more than 8 of them, or a weight of 0 or beyond ±100
   */
  public static AdapterMix parse(String text) {
    List<Part> parts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String one : text.split("\\+", -1)) {
      Matcher m = PART.matcher(one);
      if (!m.matches()) {
        throw wrong("adapters are written NAME, or NAME*WEIGHT+NAME*WEIGHT");
      }
      double weight = m.group(2) == null ? 1 : Double.parseDouble(m.group(2));
      if (weight == 0 || Math.abs(weight) > LARGEST) {
        throw wrong("the weight of an adapter is not 0 and at most " + LARGEST);
      }
      if (!seen.add(m.group(1))) {
        throw wrong("an adapter is named twice");
      }
      parts.add(new Part(m.group(1), weight));
    }
    if (parts.size() > MOST) {
      throw wrong("at most " + MOST + " adapters can be summed");
    }
    return new AdapterMix(parts);
  }

  private static PrecordiaException wrong(String what) {
    return new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT, what + ", for example more@site-a*0.7+site-b*0.3");
  }

  /** Whether it is one adapter as it is. */
  boolean isPlain() {
    return parts.size() == 1 && parts.getFirst().weight() == 1;
  }
}
