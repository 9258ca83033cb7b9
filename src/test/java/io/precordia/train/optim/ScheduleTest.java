package io.precordia.train.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void warmUpThenHalfACosine() {
    Schedule s = new Schedule.WarmupCosine(1, 0.1, 10, 110);
    assertEquals(0.1, s.rate(0), 1e-12);
    assertEquals(1, s.rate(9), 1e-12);
    assertEquals(1, s.rate(10), 1e-12);
    assertEquals(0.55, s.rate(60), 1e-12);
    assertEquals(0.1, s.rate(110), 1e-12);
    assertEquals(0.1, s.rate(9999), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> new Schedule.WarmupCosine(1, 0, 5, 5));
  }

  @Test
  void restartsReturnToThePeakAndPeriodsGrow() {
    Schedule s = new Schedule.CosineRestarts(1, 0, 10, 2);
    assertEquals(1, s.rate(0), 1e-12);
    assertEquals(0.5, s.rate(5), 1e-12);
    assertEquals(1, s.rate(10), 1e-12);
    assertEquals(0.5, s.rate(20), 1e-12);
    assertEquals(1, s.rate(30), 1e-12);
  }

  @Property(seed = "1")
  void ratesStayBetweenFloorAndPeak(
      @ForAll @IntRange(max = 5000) int step, @ForAll @IntRange(max = 100) int warmup) {
    for (Schedule s :
        new Schedule[] {
          new Schedule.WarmupCosine(1e-3, 1e-5, warmup, 1000),
          new Schedule.CosineRestarts(1e-3, 1e-5, 7, 1.5)
        }) {
      double rate = s.rate(step);
      assertTrue(rate > 0 && rate <= 1e-3 + 1e-12);
    }
  }

  @Property(seed = "1")
  void stepSeedsDiffer(@ForAll long run, @ForAll @IntRange(max = 1_000_000) int step) {
    assertNotEquals(StepSeed.of(run, step), StepSeed.of(run, step + 1));
    assertEquals(StepSeed.of(run, step), StepSeed.of(run, step));
  }
}
