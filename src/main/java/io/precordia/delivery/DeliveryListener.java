package io.precordia.delivery;

/** Told of every attempt, for metrics. */
@FunctionalInterface
public interface DeliveryListener {
  DeliveryListener NONE = (destination, outcome) -> {};

  /** One object at one destination. */
  void attempted(String destination, SendOutcome outcome);
}
