package io.precordia.terminology;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table finding-codes.yaml. Immutable. */
public final class FindingCodes {
  private static final String FILE = "finding-codes.yaml";

  private record Row(
      String fact, String display, @Nullable String code, @Nullable String meaning) {}

  private record Table(List<Row> findings) {}

  private final Map<String, FindingCode> byFact;

  private FindingCodes(Map<String, FindingCode> byFact) {
    this.byFact = byFact;
  }

  /** Reads the table of this build. */
  public static FindingCodes load() {
    try (InputStream in = FindingCodes.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new PrecordiaException(ErrorCode.INTERNAL, FILE + " is missing from this build");
      }
      Map<String, FindingCode> rows = new LinkedHashMap<>();
      for (Row row : new ObjectMapper(new YAMLFactory()).readValue(in, Table.class).findings()) {
        Code standard =
            row.code() == null
                ? null
                : new Code(
                    Code.SCT, row.code(), row.meaning() == null ? row.display() : row.meaning());
        rows.put(row.fact(), new FindingCode(row.fact(), row.display(), standard));
      }
      return new FindingCodes(Map.copyOf(rows));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, FILE + " of this build is malformed", e);
    }
  }

  /** The coding of a fact; one that the table does not know has its local code alone. */
  public FindingCode of(String fact) {
    FindingCode known = byFact.get(fact);
    return known != null ? known : new FindingCode(fact, words(fact), null);
  }

  /** Every row. */
  public Collection<FindingCode> all() {
    return byFact.values();
  }

  private static String words(String fact) {
    String words = fact.replace('-', ' ');
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
