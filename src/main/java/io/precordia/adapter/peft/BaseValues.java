package io.precordia.adapter.peft;

/** Values of the base's parameters on the host, read when an adapter is loaded. Thread-safe. */
@FunctionalInterface
public interface BaseValues {
  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS if there is no such parameter
   */
  float[] of(String name);
}
