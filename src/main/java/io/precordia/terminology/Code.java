package io.precordia.terminology;

/**
 * A coded concept.
 *
 * @param scheme coding scheme designator of DICOM PS3.16 chapter 8: SCT, LN, DCM, or {@link #LOCAL}
 * @param value the code
 * @param meaning its words
 */
public record Code(String scheme, String value, String meaning) {
  /** SNOMED CT. */
  public static final String SCT = "SCT";

  /** Concepts of this program, private by the leading 99 (PS3.3 section 8.2). */
  public static final String LOCAL = "99PRECORDIA";
}
