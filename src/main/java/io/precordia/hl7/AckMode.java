package io.precordia.hl7;

/** How messages are acknowledged (HL7 v2.5.1 2.9.2 and 2.9.3). */
public enum AckMode {
  /** By MSH-15 and MSH-16: enhanced if either has a value, else original. */
  AUTO,
  /** One answer AA, AE or AR to every message. */
  ORIGINAL,
  /**
   * Accept and application acknowledgements as MSH-15 and MSH-16 ask; none where they are empty.
   */
  ENHANCED
}
