package io.precordia.train.sim.xray;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class PortableMathTest {
  @Property(seed = "1")
  void expAgreesWithTheLibrary(@ForAll @DoubleRange(min = -60, max = 60) double x) {
    assertEquals(1, PortableMath.exp(x) / StrictMath.exp(x), 1e-7);
  }

  @Property(seed = "1")
  void logAgreesWithTheLibrary(@ForAll @DoubleRange(min = -60, max = 60) double x) {
    assertEquals(x, PortableMath.log(StrictMath.exp(x)), 1e-8);
  }
}
