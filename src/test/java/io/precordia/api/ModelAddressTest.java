package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.adapters.AdapterMix;
import org.junit.jupiter.api.Test;

class ModelAddressTest {
  private static final String OWN = "precordia-more";

  @Test
  void theOwnModelByEitherNameAndAnAdapterBehindIt() {
    assertEquals(new ModelAddress(OWN, null), ModelAddress.parse(null, OWN));
    assertEquals(new ModelAddress(OWN, null), ModelAddress.parse(" ", OWN));
    assertEquals(new ModelAddress(OWN, null), ModelAddress.parse("more", OWN));
    assertEquals(new ModelAddress(OWN, "site-a"), ModelAddress.parse("more@site-a", OWN));
    assertEquals(new ModelAddress(OWN, "site-a"), ModelAddress.parse("precordia-more@site-a", OWN));
    assertEquals(new ModelAddress("medsiglip", null), ModelAddress.parse("medsiglip", "medsiglip"));
  }

  @Test
  void aDefaultAppliesOnlyWhereNoAdapterIsNamed() {
    assertNull(ModelAddress.parse("more", OWN).mix(null));
    assertEquals(AdapterMix.parse("site-b"), ModelAddress.parse("more", OWN).mix("site-b"));
    assertEquals(AdapterMix.parse("site-a"), ModelAddress.parse("more@site-a", OWN).mix("site-b"));
    assertNull(ModelAddress.parse("more@none", OWN).mix("site-b"));
    assertEquals(2, ModelAddress.parse("more@site-a*0.7+site-b*0.3", OWN).mix(null).parts().size());
  }

  @Test
  void anotherModelIsUnknownAndAMalformedAddressIsSaidToBe() {
    assertEquals(ErrorCode.NOT_FOUND, code("other"));
    assertEquals(ErrorCode.NOT_FOUND, code("@site-a"));
    assertEquals(ErrorCode.INVALID_ARGUMENT, code("more@"));
    assertEquals(ErrorCode.INVALID_ARGUMENT, code("more@a@b"));
  }

  private static ErrorCode code(String text) {
    return assertThrows(PrecordiaException.class, () -> ModelAddress.parse(text, OWN)).code();
  }
}
