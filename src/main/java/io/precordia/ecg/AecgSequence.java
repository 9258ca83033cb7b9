package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One aECG sequence: the time axis (GLIST_TS, GLIST_PQ) or a lead (SLIST_PQ: value = origin + scale
 * * digit). Filled while parsing.
 */
final class AecgSequence {
  String code = "";
  String type = "";
  double[] samples = {};
  private double origin;
  private double scale = Double.NaN;
  private double increment = Double.NaN;
  private String originUnit = "";
  private String scaleUnit = "";
  private String incrementUnit = "";

  boolean isTime() {
    return code.startsWith("TIME_") || type.startsWith("GLIST_TS");
  }

  void quantity(String element, String value, String unit) {
    double v;
    try {
      v = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the annotated ECG has an unreadable " + element);
    }
    switch (element) {
      case "origin" -> {
        origin = v;
        originUnit = unit;
      }
      case "scale" -> {
        scale = v;
        scaleUnit = unit;
      }
      default -> {
        increment = v;
        incrementUnit = unit;
      }
    }
  }

  double rateHz() {
    double seconds =
        switch (incrementUnit.toLowerCase(Locale.ROOT)) {
          case "s", "sec" -> increment;
          case "ms" -> increment / 1e3;
          case "us", "\u00b5s", "\u03bcs" -> increment / 1e6;
          case "ns" -> increment / 1e9;
          default -> Double.NaN;
        };
    if (!(seconds > 0)) {
      throw new PrecordiaException(
          ErrorCode.MISSING_CALIBRATION,
          "the annotated ECG's time increment or its unit is missing or unusable");
    }
    // a binary fraction such as 0.002 is not exactly 1/500
    double rate = 1 / seconds;
    return Math.abs(rate - Math.rint(rate)) < 1e-9 * rate ? Math.rint(rate) : rate;
  }

  RawEcg.Channel channel(double rateHz) {
    double offset = origin;
    if (origin != 0 && !originUnit.equals(scaleUnit)) {
      OptionalDouble from = VoltageUnit.millivolts(originUnit);
      OptionalDouble to = VoltageUnit.millivolts(scaleUnit);
      offset =
          from.isPresent() && to.isPresent()
              ? origin * from.getAsDouble() / to.getAsDouble()
              : Double.NaN;
    }
    return new RawEcg.Channel(code, samples, scale, offset, scaleUnit, rateHz);
  }

  /** Numbers between white space. */
  static double[] parse(CharSequence text) {
    double[] out = new double[1024];
    int n = 0;
    int i = 0;
    int length = text.length();
    while (i < length) {
      while (i < length && text.charAt(i) <= ' ') {
        i++;
      }
      int from = i;
      while (i < length && text.charAt(i) > ' ') {
        i++;
      }
      if (i > from) {
        if (n == out.length) {
          if (n > EcgAssembler.MAX_SAMPLES / 12) {
            throw new PrecordiaException(
                ErrorCode.TOO_LARGE, "the annotated ECG is longer than is read; split it");
          }
          out = Arrays.copyOf(out, 2 * n);
        }
        out[n++] = number(text, from, i);
      }
    }
    return Arrays.copyOf(out, n);
  }

  private static double number(CharSequence text, int from, int to) {
    if (to - from <= 9) {
      boolean negative = text.charAt(from) == '-';
      int v = 0;
      int i = negative ? from + 1 : from;
      boolean plain = i < to;
      for (; i < to && plain; i++) {
        int d = text.charAt(i) - '0';
        plain = d >= 0 && d <= 9;
        v = 10 * v + d;
      }
      if (plain) {
        return negative ? -v : v;
      }
    }
    try {
      if (to - from <= 40) {
        return Double.parseDouble(text.subSequence(from, to).toString());
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new PrecordiaException(
        ErrorCode.MALFORMED, "the annotated ECG's digits hold something that is not a number");
  }
}
