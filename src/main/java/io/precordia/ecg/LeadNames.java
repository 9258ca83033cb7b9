package io.precordia.ecg;

import io.precordia.study.Lead;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lead identity by name: plain names in any case ("aVR", "Lead I", "ECG V1", "DII", IEC "C3"),
 * ISO/IEEE 11073 reference identifiers ({@code MDC_ECG_LEAD_AVF}), its codes ({@code 2:61},
 * 131133), SCP-ECG codes as DICOM writes them ({@code 5.6.3-9-61}), and DICOM code meanings ("Lead
 * I (Einthoven)", "aVR, augmented voltage, right").
 *
 * <p>"MLII" and the other modified or monitoring leads (MCL1, ML1, EASI, Frank X Y Z, V3R, V7) are
 * not standard leads: their electrodes sit elsewhere and their waves differ, so they are not taken
 * for the twelve.
 */
public final class LeadNames {
  private static final Pattern PARENTHESES = Pattern.compile("\\([^)]*\\)");
  private static final Pattern NOISE = Pattern.compile("[\\s_.:\\-]+");
  private static final int MDC_PARTITION = 2 << 16;

  private LeadNames() {}

  /**
   * A recognised lead.
   *
   * @param inverted true for -aVR (Cabrera sequence): its samples are the lead's with opposite sign
   */
  public record Match(Lead lead, boolean inverted) {}

  /** The lead that {@code name} stands for, if it is one of the twelve. */
  public static Optional<Match> parse(String name) {
    if (name.length() > 200) {
      return Optional.empty();
    }
    String n = PARENTHESES.matcher(name.replace('\u2212', '-')).replaceAll(" ").strip();
    int comma = n.indexOf(',');
    if (comma > 0) {
      n = n.substring(0, comma).strip();
    }
    n = n.toUpperCase(Locale.ROOT);
    Optional<Match> coded = byCode(n);
    if (coded.isPresent()) {
      return coded;
    }
    boolean inverted = n.startsWith("-") || n.startsWith("MINUS ") || n.endsWith("NEG");
    n = n.replaceFirst("^(-|MINUS )", "").replaceFirst("_?NEG$", "");
    n = NOISE.matcher(n).replaceAll(" ").strip();
    boolean lead = false;
    for (String prefix : new String[] {"MDC ", "ECG ", "EKG ", "LEAD ", "CHANNEL "}) {
      if (n.startsWith(prefix)) {
        n = n.substring(prefix.length()).strip();
        lead |= prefix.equals("LEAD ");
      }
    }
    if (n.endsWith(" LEAD")) {
      n = n.substring(0, n.length() - 5).strip();
      lead = true;
    }
    Lead found = byName(n.replace(" ", ""), lead);
    if (found == null || (inverted && found != Lead.AVR)) {
      return Optional.empty();
    }
    return Optional.of(new Match(found, inverted));
  }

  private static @Nullable Lead byName(String n, boolean lead) {
    return switch (n) {
      case "I", "DI", "D1" -> Lead.I;
      case "II", "DII", "D2" -> Lead.II;
      case "III", "DIII", "D3" -> Lead.III;
      case "1" -> lead ? Lead.I : null;
      case "2" -> lead ? Lead.II : null;
      case "3" -> lead ? Lead.III : null;
      case "AVR" -> Lead.AVR;
      case "AVL" -> Lead.AVL;
      case "AVF" -> Lead.AVF;
      case "V1", "C1" -> Lead.V1;
      case "V2", "C2" -> Lead.V2;
      case "V3", "C3" -> Lead.V3;
      case "V4", "C4" -> Lead.V4;
      case "V5", "C5" -> Lead.V5;
      case "V6", "C6" -> Lead.V6;
      default -> null;
    };
  }

  private static Optional<Match> byCode(String n) {
    String digits;
    if (n.matches("2:\\d{1,3}")) {
      digits = n.substring(2);
    } else if (n.matches("5\\.6\\.3-9-\\d{1,3}")) {
      digits = n.substring(8);
    } else if (n.matches("SCP(-?ECG)?[ :_-]*\\d{1,3}")) {
      digits = n.replaceAll("\\D", "");
    } else if (n.matches("131\\d{3}")) {
      digits = Integer.toString(Integer.parseInt(n) - MDC_PARTITION);
    } else {
      return Optional.empty();
    }
    return byScpCode(Integer.parseInt(digits));
  }

  /** SCP-ECG section 3 lead code (EN 1064), which ISO/IEEE 11073-10102 shares. */
  public static Optional<Match> byScpCode(int code) {
    Lead lead =
        switch (code) {
          case 1 -> Lead.I;
          case 2 -> Lead.II;
          case 3, 4, 5, 6, 7, 8 -> Lead.values()[Lead.V1.ordinal() + code - 3];
          case 61 -> Lead.III;
          case 62, 65 -> Lead.AVR;
          case 63 -> Lead.AVL;
          case 64 -> Lead.AVF;
          default -> null;
        };
    return lead == null ? Optional.empty() : Optional.of(new Match(lead, code == 65));
  }
}
