package io.precordia.study;

/**
 * How a version of a report stands to others with the same {@link Identity#object()}: the later one
 * takes the place of the earlier, but a preliminary one never that of another kind.
 */
public enum Revision {
  PRELIMINARY,
  FINAL,
  CORRECTED,
  /** Takes back what was said before and says nothing itself. */
  WITHDRAWN
}
