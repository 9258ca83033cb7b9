package io.precordia.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OpaqueIdsTest {
  private static OpaqueIds ids(int fill) {
    byte[] raw = new byte[32];
    Arrays.fill(raw, (byte) fill);
    return new OpaqueIds(new DataKey(raw));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Property(tries = 100, seed = "20261128")
  void anyIdentifierGivesAStableFileName(@ForAll String hostile) {
    String id = ids(1).subject(hostile);
    assertTrue(OpaqueIds.isId(id));
    assertEquals(id, ids(1).subject(hostile));
    assertNotEquals(id, ids(2).subject(hostile));
    assertNotEquals(id, ids(1).object(hostile));
  }

  @Test
  void anInstanceIsItsContentAndWhomTheSenderSaysItIsAbout() {
    OpaqueIds ids = ids(1);
    String id = ids.instance(List.of(bytes("ab"), bytes("c")), null, null);
    assertEquals(id, ids.instance(List.of(bytes("ab"), bytes("c")), null, null));
    assertNotEquals(id, ids.instance(List.of(bytes("a"), bytes("bc")), null, null));
    assertNotEquals(id, ids.instance(List.of(bytes("ab"), bytes("c")), "P1", null));
    assertNotEquals(
        ids.instance(List.of(bytes("ab")), "P1", null),
        ids.instance(List.of(bytes("ab")), null, "P1"));
  }

  @Test
  void onlyThirtyTwoLowerCaseHexDigitsAreAnId() {
    assertFalse(OpaqueIds.isId("../../../../etc/passwd"));
    assertFalse(OpaqueIds.isId("0123456789ABCDEF0123456789ABCDEF"));
    assertFalse(OpaqueIds.isId("0123456789abcdef0123456789abcdef\n"));
  }
}
