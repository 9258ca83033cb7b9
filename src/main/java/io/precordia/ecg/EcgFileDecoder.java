package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import io.precordia.study.Ecg;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides by content which ECG format a file is and decodes it with its companions. Never throws on
 * hostile input: the verdict is a flag.
 */
public final class EcgFileDecoder {
  /** Formats by their stable names. */
  public enum Format {
    WFDB("wfdb"),
    AECG("aecg"),
    NPY("npy"),
    CSV("csv");

    private final String id;

    Format(String id) {
      this.id = id;
    }

    /** Name used in {@link Decoded#format()}. */
    public String id() {
      return id;
    }
  }

  private EcgFileDecoder() {}

  /**
   * The ECG format whose main file this is (a WFDB header, not its signal file), judged by content.
   */
  public static Optional<Format> sniff(byte[] bytes) {
    if (NpyReader.looksLike(bytes)) {
      return Optional.of(Format.NPY);
    }
    if (startsWithMarkup(bytes)) {
      return AecgReader.looksLike(bytes) ? Optional.of(Format.AECG) : Optional.empty();
    }
    if (CsvReader.looksLike(bytes)) {
      return Optional.of(Format.CSV);
    }
    return WfdbHeader.looksLike(bytes) ? Optional.of(Format.WFDB) : Optional.empty();
  }

  /**
   * Names of the files that belong to a main file: WFDB signal files, the JSON of a NumPy array;
   * empty if it stands alone or is none.
   */
  public static Set<String> companions(NamedBytes main) {
    Format format = sniff(main.bytes()).orElse(null);
    if (format == Format.NPY) {
      return Set.of(NpyReader.companionName(main.baseName()));
    }
    if (format == Format.WFDB) {
      try {
        return Set.copyOf(WfdbReader.signalFiles(main.bytes()));
      } catch (PrecordiaException e) {
        return Set.of();
      }
    }
    return Set.of();
  }

  /**
   * Decodes one recording.
   *
   * @param parts the main file and its companions in any order; a lone signal file is flagged,
   *     saying what lacks
   */
  public static Decoded decode(List<NamedBytes> parts) {
    NamedBytes main = null;
    Format format = null;
    for (NamedBytes part : parts) {
      Format f = sniff(part.bytes()).orElse(null);
      if (f != null && (format == null || f.ordinal() < format.ordinal())) {
        main = part;
        format = f;
      }
    }
    if (main == null || format == null) {
      return orphan(parts);
    }
    Identity identity = Identity.UNKNOWN;
    try {
      Recording recording = read(format, main, parts);
      identity = recording.identity();
      Ecg ecg = EcgAssembler.assemble(recording.raw());
      new EcgWindows().requireLongEnough(ecg);
      return new Decoded(format.id(), identity, ecg, List.of());
    } catch (PrecordiaException e) {
      return new Decoded(
          format.id(), identity, null, List.of(new Flag(e.code(), String.valueOf(e.getMessage()))));
    }
  }

  private static Recording read(Format format, NamedBytes main, List<NamedBytes> parts) {
    return switch (format) {
      case WFDB -> {
        Map<String, byte[]> signals = new HashMap<>();
        for (NamedBytes part : parts) {
          signals.putIfAbsent(part.baseName(), part.bytes());
        }
        yield WfdbReader.read(main.bytes(), signals);
      }
      case AECG -> AecgReader.read(main.bytes());
      case CSV -> CsvReader.read(main.bytes());
      case NPY ->
          NpyReader.read(main.bytes(), companion(NpyReader.companionName(main.baseName()), parts));
    };
  }

  private static byte @Nullable [] companion(String name, List<NamedBytes> parts) {
    for (NamedBytes part : parts) {
      if (part.baseName().equalsIgnoreCase(name)) {
        return part.bytes();
      }
    }
    return null;
  }

  /**
   * The verdict where no part is a main file: by name, since a bare signal file has no mark of its
   * own.
   */
  private static Decoded orphan(List<NamedBytes> parts) {
    String name = parts.isEmpty() ? "" : parts.get(0).baseName().toLowerCase(java.util.Locale.ROOT);
    boolean empty = parts.stream().allMatch(p -> p.bytes().length == 0);
    Flag flag;
    if (empty) {
      flag = new Flag(ErrorCode.EMPTY, "the file is empty");
    } else if (name.endsWith(".hea")) {
      flag = new Flag(ErrorCode.MALFORMED, "not a valid WFDB header");
    } else if (name.endsWith(".dat") || name.endsWith(".mat")) {
      flag =
          new Flag(
              ErrorCode.MISSING_CALIBRATION,
              "a WFDB signal file without its header; import the .hea file together with it");
    } else if (name.endsWith(".csv")) {
      flag =
          new Flag(
              ErrorCode.NO_KNOWN_LEADS,
              "the CSV header row names none of the twelve standard leads, or no numbers follow it");
    } else {
      flag =
          new Flag(
              ErrorCode.UNSUPPORTED_FORMAT,
              "not an ECG format that is read here (WFDB, HL7 aECG, CSV, NumPy)");
    }
    String format =
        name.endsWith(".csv")
            ? "csv"
            : name.endsWith(".hea") || name.endsWith(".dat") || name.endsWith(".mat")
                ? "wfdb"
                : "unknown";
    return new Decoded(format, Identity.UNKNOWN, null, List.of(flag));
  }

  /**
   * Whether the first character is {@code <}, in UTF-8 or UTF-16, after a byte order mark and white
   * space.
   */
  private static boolean startsWithMarkup(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, 1024); i++) {
      int b = bytes[i] & 0xff;
      if (b == '<') {
        return true;
      }
      boolean skipped = b <= ' ' || b == 0xef || b == 0xbb || b == 0xbf || b == 0xfe || b == 0xff;
      if (!skipped) {
        return false;
      }
    }
    return false;
  }
}
