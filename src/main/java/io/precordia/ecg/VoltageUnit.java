package io.precordia.ecg;

import java.util.Locale;
import java.util.OptionalDouble;

/** Voltage units as files write them (UCUM, WFDB, DICOM, free text). */
public final class VoltageUnit {
  private VoltageUnit() {}

  /** Millivolts per {@code unit}, or empty if the text is not a voltage unit. */
  public static OptionalDouble millivolts(String unit) {
    String u = unit.strip().replace('\u00b5', 'u').replace('\u03bc', 'u');
    if (u.equals("MV") || u.equals("Mv")) {
      return OptionalDouble.of(1); // upper-cased by a careless writer; nobody records megavolts
    }
    return switch (u.toLowerCase(Locale.ROOT)) {
      case "mv", "millivolt", "millivolts" -> OptionalDouble.of(1);
      case "uv", "microvolt", "microvolts", "mcv" -> OptionalDouble.of(1e-3);
      case "v", "volt", "volts" -> OptionalDouble.of(1e3);
      case "nv", "nanovolt", "nanovolts" -> OptionalDouble.of(1e-6);
      default -> OptionalDouble.empty();
    };
  }
}
