package io.precordia.dicom.deid;

/** What becomes of one attribute (PS3.15 Table E.1-1a), combinations resolved. */
enum Action {
  /** X: removed. */
  REMOVE,
  /** Z: present without a value, or with a pseudonym. */
  EMPTY,
  /** D: a value that says nothing. */
  DUMMY,
  /** K: kept; sequences are gone through. */
  KEEP,
  /** C: kept without what identifies. */
  CLEAN,
  /** U: another UID, the same for the same. */
  REPLACE_UID
}
