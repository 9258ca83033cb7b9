package io.precordia.terminology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FindingCodesTest {
  private final FindingCodes codes = FindingCodes.load();

  @Test
  void everyCalibratedFindingHasARow() throws IOException {
    Set<String> known = new HashSet<>();
    codes.all().forEach(row -> known.add(row.fact()));
    Set<String> missing = new TreeSet<>();
    new ObjectMapper()
        .readTree(Path.of("models/precordia-more/calibration.json").toFile())
        .path("labels")
        .forEach(label -> missing.add(label.path("fact").asText()));
    assertFalse(missing.isEmpty());
    missing.removeAll(known);
    assertEquals(Set.of(), missing);
  }

  @Test
  void snomedCodesHaveAValidCheckDigitAndAreNotUsedTwice() {
    Set<String> seen = new HashSet<>();
    for (FindingCode row : codes.all()) {
      row.published()
          .ifPresent(
              code -> {
                assertTrue(verhoeff(code.value()), code.value());
                assertTrue(seen.add(code.value()), code.value());
              });
      assertTrue(row.fact().matches("[a-z-]{3,40}"), row.fact());
    }
    assertFalse(seen.isEmpty());
  }

  @Test
  void anUnknownFactHasItsLocalCodeOnly() {
    assertEquals(
        new Code(Code.LOCAL, "rare-thing", "Rare thing"), codes.of("rare-thing").preferred());
    assertEquals("60046008", codes.of("pleural-effusion").preferred().value());
  }

  // SNOMED CT identifiers end with a Verhoeff check digit.
  private static boolean verhoeff(String number) {
    int[] inverse = {0, 4, 3, 2, 1, 5, 6, 7, 8, 9};
    int check = 0;
    for (int i = 0; i < number.length(); i++) {
      check = dihedral(check, permuted(i, number.charAt(number.length() - 1 - i) - '0'));
    }
    return inverse[check] == 0;
  }

  private static int permuted(int times, int digit) {
    int[] permutation = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    int value = digit;
    for (int i = 0; i < times % 8; i++) {
      value = permutation[value];
    }
    return value;
  }

  private static int dihedral(int a, int b) {
    return a < 5
        ? b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5
        : b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - b + 5) % 5;
  }
}
