package io.precordia.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DataKeyTest {
  private static DataKey key(long seed) {
    byte[] raw = new byte[32];
    new Random(seed).nextBytes(raw);
    return new DataKey(raw);
  }

  @Property(tries = 200, seed = "20261128")
  void opensWhatItSealedAndNothingElse(
      @ForAll @Size(max = 300) byte[] plain,
      @ForAll @Size(max = 20) byte[] context,
      @ForAll @IntRange(max = 400) int at) {
    DataKey key = key(1);
    byte[] sealed = key.seal(plain, context);
    assertEquals(plain.length + DataKey.OVERHEAD, sealed.length);
    assertArrayEquals(plain, key.open(sealed, context));

    byte[] altered = sealed.clone();
    altered[at % altered.length] ^= 1;
    assertCorrupt(() -> key.open(altered, context));
    assertCorrupt(() -> key.open(Arrays.copyOf(sealed, at % sealed.length), context));
    assertCorrupt(() -> key.open(sealed, Arrays.copyOf(context, context.length + 1)));
    assertCorrupt(() -> key(2).open(sealed, context));
  }

  @Property(tries = 20, seed = "20261128")
  void sealingTwiceGivesDifferentBytes(@ForAll @Size(min = 1, max = 50) byte[] plain) {
    DataKey key = key(3);
    assertFalse(Arrays.equals(key.seal(plain, new byte[0]), key.seal(plain, new byte[0])));
  }

  private static void assertCorrupt(Runnable action) {
    assertEquals(
        ErrorCode.CORRUPT_STORE, assertThrows(PrecordiaException.class, action::run).code());
  }
}
