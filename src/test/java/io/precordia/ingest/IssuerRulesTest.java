package io.precordia.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.PrecordiaException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IssuerRulesTest {
  private final IssuerRules rules =
      new IssuerRules(
          List.of(
              new IssuerRules.Domain("GHH", List.of("GOOD HEALTH HOSPITAL", "2.16.840.1.1")),
              new IssuerRules.Domain("CLINIC", List.of("CL"))),
          Map.of("RIS|CLINIC", "CL"),
          "GOOD HEALTH HOSPITAL");

  @Test
  void oneDomainHasOneForm() {
    for (String same :
        List.of(
            "1",
            "1^^^GHH",
            "1^^^GOOD HEALTH HOSPITAL",
            "1^^^&2.16.840.1.1&ISO",
            "1^^^ELSEWHERE&2.16.840.1.1&ISO",
            "1^^^GHH&9.9&ISO")) {
      assertEquals("1^^^GHH", rules.canonical(same), same);
    }
    assertEquals("1^^^CLINIC", rules.canonical("1^^^CL"));
    assertEquals("1^^^UNKNOWN", rules.canonical("1^^^UNKNOWN&1.2&ISO"));
    assertEquals("CL", rules.ofSource("RIS|CLINIC").orElseThrow());
  }

  @Test
  void withoutRulesIdentifiersStayAsTheyCome() {
    for (String id : List.of("1", "1^^^H", "^^^H", "a^b^c", "")) {
      assertEquals(id, IssuerRules.NONE.canonical(id));
    }
    assertEquals("1^^^H", IssuerRules.NONE.canonical("1^^^H&1.2&ISO"));
    assertEquals("1^^^1.2", IssuerRules.NONE.canonical("1^^^&1.2&ISO"));
  }

  @Test
  void anAliasBelongsToOneDomain() {
    assertThrows(
        PrecordiaException.class,
        () ->
            new IssuerRules(
                List.of(
                    new IssuerRules.Domain("A", List.of("X")),
                    new IssuerRules.Domain("B", List.of("X"))),
                Map.of(),
                null));
  }
}
