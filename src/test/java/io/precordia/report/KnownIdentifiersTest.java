package io.precordia.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownIdentifiersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Müller^Käthe|seen KAETHE MUELLER today|seen [REMOVED] [REMOVED] today",
        "Müller^Käthe|Frau Muller geht es gut|Frau [REMOVED] geht es gut",
        "O'Connell^Pat|o'connell, pat|[REMOVED], [REMOVED]",
        "Smith^John|login smithjohn, file SMITH_JOHN|login [REMOVED], file [REMOVED]_[REMOVED]",
        "Smith^John|the blacksmith stays|the blacksmith stays",
        "Yamada^Tarou=山田^太郎=やまだ^たろう|患者は山田太郎です|患者は[REMOVED]です",
        "Hong^Gildong=洪^吉洞=홍^길동|환자 홍길동 검사|환자 [REMOVED] 검사",
        "Wałęsa^Małgorzata|MAŁGORZATA WAŁĘSA|[REMOVED] [REMOVED]"
      })
  void namesAreFoundHoweverTheyAreTyped(String name, String text, String expected) {
    assertEquals(expected, KnownIdentifiers.of(List.of(name), List.of()).redact(text));
  }

  @Test
  void numbersAndAddressesCountAsAWhole() {
    KnownIdentifiers known =
        KnownIdentifiers.of(List.of(), List.of("MRN-4711234", "12 Larkspur Crescent"));
    assertEquals(
        "[REMOVED] and [REMOVED], [REMOVED]",
        known.redact("mrn-4711234 and MRN4711234, 12  larkspur\ncrescent"));
    assertEquals("Larkspur field", known.redact("Larkspur field"));
  }
}
