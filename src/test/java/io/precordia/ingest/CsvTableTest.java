package io.precordia.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CsvTableTest {
  @Property(tries = 300, seed = "20261128")
  void quotedFieldsComeBackAsTheyWere(
      @ForAll @Size(min = 1, max = 4)
          List<
                  @Size(min = 2, max = 4) List<
                      @StringLength(max = 6) @Chars({',', '"', '\n', '\r'})
                      @CharRange(from = 'a', to = 'c') String>>
              table) {
    StringBuilder csv = new StringBuilder();
    for (List<String> row : table) {
      csv.append(
              String.join(",", row.stream().map(f -> '"' + f.replace("\"", "\"\"") + '"').toList()))
          .append("\r\n");
    }
    assertEquals(table, CsvTable.parse(csv.toString()).stream().map(CsvTable.Row::fields).toList());
  }

  @Test
  void linesAreCountedThroughQuotedBreaks() {
    List<CsvTable.Row> rows = CsvTable.parse("a,b\n\"x\ny\",1\n\nc,d");
    assertEquals(List.of(1, 2, 5), rows.stream().map(CsvTable.Row::line).toList());
    assertEquals(List.of("x\ny", "1"), rows.get(1).fields());
  }
}
