package io.precordia.train.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.precordia.train.sim.state.Finding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChestSimulatorTest {
  private final ChestSimulator simulator = new ChestSimulator();

  /**
   * Written down once: a difference on another machine or JDK breaks the promise of determinism.
   */
  private static final String GOLDEN =
      "e2fb5b746941690a5a36cd3b522c6dec47176757d760e29b32231b954bbfee2a";

  @Test
  void theSameStudiesOnEveryMachine() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      all.append(digest(simulator.study(2026, i)));
    }
    assertEquals(GOLDEN, hash(all.toString().getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void theSameStudiesFromManyThreads() {
    List<String> one =
        IntStream.range(0, 24).mapToObj(i -> digest(simulator.study(5, i % 6, 96))).toList();
    List<String> many =
        IntStream.range(0, 24)
            .parallel()
            .mapToObj(i -> digest(simulator.study(5, i % 6, 96)))
            .toList();
    assertEquals(one, many);
    assertNotEquals(one.get(0), one.get(1));
    assertNotEquals(one.get(0), digest(simulator.study(6, 0, 96)));
  }

  private static String digest(SimulatedStudy study) {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            4 * study.image().display().length + 12 * 4 * study.ecg().samples() + 100_000);
    for (float v : study.image().display()) {
      bytes.putFloat(v);
    }
    for (float[] lead : study.ecg().millivolts()) {
      for (float v : lead) {
        bytes.putFloat(v);
      }
    }
    bytes.put(study.text().whole().getBytes(StandardCharsets.UTF_8));
    for (Finding f : study.state().findings()) {
      bytes.put(f.id().getBytes(StandardCharsets.US_ASCII));
    }
    study.image().masks().forEach((f, mask) -> bytes.putInt(java.util.Arrays.hashCode(mask)));
    byte[] used = new byte[bytes.position()];
    bytes.flip().get(used);
    return hash(used);
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
