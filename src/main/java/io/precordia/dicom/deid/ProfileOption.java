package io.precordia.dicom.deid;

/**
 * The Basic Profile and its options with their codes (PS3.16 CID 7050). Clean Recognizable Visual
 * Features (113102) is not offered: nothing here finds faces.
 */
public enum ProfileOption {
  BASIC_PROFILE("113100", "Basic Application Confidentiality Profile", ""),
  CLEAN_PIXEL_DATA("113101", "Clean Pixel Data Option", ""),
  CLEAN_GRAPHICS("113103", "Clean Graphics Option", "graphics"),
  CLEAN_STRUCTURED_CONTENT("113104", "Clean Structured Content Option", "structured"),
  CLEAN_DESCRIPTORS("113105", "Clean Descriptors Option", "descriptors"),
  RETAIN_FULL_DATES("113106", "Retain Longitudinal Temporal Information Full Dates Option", "full"),
  RETAIN_MODIFIED_DATES(
      "113107", "Retain Longitudinal Temporal Information Modified Dates Option", "modified"),
  RETAIN_PATIENT_CHARACTERISTICS("113108", "Retain Patient Characteristics Option", "patient"),
  RETAIN_DEVICE_IDENTITY("113109", "Retain Device Identity Option", "device"),
  RETAIN_UIDS("113110", "Retain UIDs Option", "uids"),
  RETAIN_SAFE_PRIVATE("113111", "Retain Safe Private Option", "private"),
  RETAIN_INSTITUTION_IDENTITY("113112", "Retain Institution Identity Option", "institution");

  private final String code;
  private final String meaning;
  private final String column;

  ProfileOption(String code, String meaning, String column) {
    this.code = code;
    this.meaning = meaning;
    this.column = column;
  }

  /** Code value in the coding scheme DCM. */
  public String code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }

  /** Column of the attribute table; empty for what is not decided by attribute. */
  String column() {
    return column;
  }
}
