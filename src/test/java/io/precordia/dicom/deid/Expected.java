package io.precordia.dicom.deid;

/** What an attribute must have become. */
enum Expected {
  /** Not there. */
  ABSENT,
  /** There without a value, or with one that is neither the old one nor contains it. */
  EMPTY,
  /** There with another value. */
  DUMMY,
  /** There with the same value. */
  SAME,
  /** Every date moved by the subject's days, times of day as they were. */
  SHIFTED,
  /** Another UID, the same for the same UID in the whole set. */
  NEW_UID,
  /** There, without any identifier, with the words that matter. */
  CLEANED
}
