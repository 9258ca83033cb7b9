package io.precordia.store;

/** What a kept instance is: embedded and searchable, or kept with the reasons why it is not. */
public enum InstanceStatus {
  STORED,
  FLAGGED
}
