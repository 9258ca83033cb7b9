package io.precordia.dicom.net;

/** Told of what happens, for counting. Called by many threads; must return at once. */
public interface DimseEvents {
  /** Nobody listens. */
  DimseEvents NONE = new DimseEvents() {};

  /** An association was accepted. */
  default void accepted() {}

  /** An association or connection was refused or ended by us. */
  default void refused(Refusal why) {}

  /** A request of a peer was answered with this status (PS3.7 annex C). */
  default void answered(String operation, int status) {}

  /** An object was stored. */
  default void stored(long bytes) {}
}
