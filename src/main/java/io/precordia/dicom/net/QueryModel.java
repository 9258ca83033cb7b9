package io.precordia.dicom.net;

import io.precordia.dicom.query.QueryLevel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;

/** The query/retrieve information models (PS3.4 C.6) and the levels of their requests. */
final class QueryModel {
  static final String PATIENT_FIND = "1.2.840.10008.5.1.4.1.2.1.1";
  static final String PATIENT_MOVE = "1.2.840.10008.5.1.4.1.2.1.2";
  static final String PATIENT_GET = "1.2.840.10008.5.1.4.1.2.1.3";
  static final String STUDY_FIND = "1.2.840.10008.5.1.4.1.2.2.1";
  static final String STUDY_MOVE = "1.2.840.10008.5.1.4.1.2.2.2";
  static final String STUDY_GET = "1.2.840.10008.5.1.4.1.2.2.3";

  /** UID to name, as the conformance statement lists them. */
  static final Map<String, String> NAMES =
      Map.of(
          PATIENT_FIND, "Patient Root Query/Retrieve Information Model - FIND",
          PATIENT_MOVE, "Patient Root Query/Retrieve Information Model - MOVE",
          PATIENT_GET, "Patient Root Query/Retrieve Information Model - GET",
          STUDY_FIND, "Study Root Query/Retrieve Information Model - FIND",
          STUDY_MOVE, "Study Root Query/Retrieve Information Model - MOVE",
          STUDY_GET, "Study Root Query/Retrieve Information Model - GET");

  private QueryModel() {}

  /**
   * The level that an identifier asks at.
   *
   * @throws DimseFailure if it is none of the model's
   */
  static QueryLevel level(Attributes identifier, String sopClass) throws DimseFailure {
    String text = String.valueOf(identifier.getString(Tag.QueryRetrieveLevel)).strip();
    boolean patientRoot = sopClass.startsWith("1.2.840.10008.5.1.4.1.2.1.");
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "PATIENT" -> {
        if (!patientRoot) {
          throw mismatch("the study root has no PATIENT level");
        }
        yield QueryLevel.PATIENT;
      }
      case "STUDY" -> QueryLevel.STUDY;
      case "SERIES" -> QueryLevel.SERIES;
      case "IMAGE" -> QueryLevel.IMAGE;
      default -> throw mismatch("Query/Retrieve Level is absent or unknown");
    };
  }

  static int uniqueKey(QueryLevel level) {
    return switch (level) {
      case PATIENT -> Tag.PatientID;
      case STUDY -> Tag.StudyInstanceUID;
      case SERIES -> Tag.SeriesInstanceUID;
      case IMAGE -> Tag.SOPInstanceUID;
    };
  }

  /**
   * What a retrieval identifies.
   *
   * @throws DimseFailure if the unique key of its level is absent
   */
  static List<String> unique(Attributes identifier, QueryLevel level) throws DimseFailure {
    String[] values = identifier.getStrings(uniqueKey(level));
    if (values == null || values.length == 0) {
      throw new DimseFailure(
          StatusCode.DATA_SET_DOES_NOT_MATCH,
          "the unique key of the level is absent",
          uniqueKey(level));
    }
    return java.util.Arrays.stream(values)
        .filter(v -> v != null && !v.isBlank())
        .map(String::strip)
        .toList();
  }

  private static DimseFailure mismatch(String why) {
    return new DimseFailure(StatusCode.DATA_SET_DOES_NOT_MATCH, why, Tag.QueryRetrieveLevel);
  }
}
