package io.precordia.dicom.query;

/** What a query asks for (PS3.4 C.6); IMAGE is an instance of any kind. */
public enum QueryLevel {
  PATIENT,
  STUDY,
  SERIES,
  IMAGE
}
