package io.precordia.dicom.web;

import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryMatch;
import io.precordia.dicom.query.Related;
import java.io.IOException;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/** A match as QIDO-RS answers it (PS3.18 10.6.3.3, Tables 10.6.3-3 to 10.6.3-5). Immutable. */
public final class QidoResult {
  private static final int[] PATIENT = {
    Tag.SpecificCharacterSet,
    Tag.TimezoneOffsetFromUTC,
    Tag.PatientName,
    Tag.PatientID,
    Tag.IssuerOfPatientID,
    Tag.PatientBirthDate,
    Tag.PatientSex
  };
  private static final int[] STUDY = {
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.AccessionNumber,
    Tag.ReferringPhysicianName,
    Tag.StudyInstanceUID,
    Tag.StudyID
  };
  private static final int[] ALL_OF_STUDY = {
    Tag.StudyDescription,
    Tag.IssuerOfAccessionNumberSequence,
    Tag.PhysiciansOfRecord,
    Tag.NameOfPhysiciansReadingStudy,
    Tag.ProcedureCodeSequence,
    Tag.AdmittingDiagnosesDescription,
    Tag.PatientAge,
    Tag.PatientSize,
    Tag.PatientWeight,
    Tag.ReasonForVisit
  };
  private static final int[] SERIES = {
    Tag.Modality,
    Tag.SeriesDescription,
    Tag.SeriesInstanceUID,
    Tag.SeriesNumber,
    Tag.PerformedProcedureStepStartDate,
    Tag.PerformedProcedureStepStartTime,
    Tag.RequestAttributesSequence
  };
  private static final int[] ALL_OF_SERIES = {
    Tag.Laterality,
    Tag.SeriesDate,
    Tag.SeriesTime,
    Tag.PerformingPhysicianName,
    Tag.ProtocolName,
    Tag.OperatorsName,
    Tag.BodyPartExamined,
    Tag.PatientPosition,
    Tag.Manufacturer,
    Tag.InstitutionName,
    Tag.StationName,
    Tag.ManufacturerModelName,
    Tag.DeviceSerialNumber,
    Tag.SoftwareVersions,
    Tag.InstitutionalDepartmentName,
    Tag.SeriesDescriptionCodeSequence,
    Tag.ReferencedPerformedProcedureStepSequence
  };
  private static final int[] INSTANCE = {
    Tag.SOPClassUID,
    Tag.SOPInstanceUID,
    Tag.InstanceNumber,
    Tag.Rows,
    Tag.Columns,
    Tag.BitsAllocated,
    Tag.NumberOfFrames
  };

  private QidoResult() {}

  /**
   * What is asked beyond the defaults.
   *
   * @param tags asked for, keys included
   * @param all every attribute of the level
   * @param study whether attributes of the study belong to the answer, as they do where the path
   *     names none
   * @param series the same of the series
   */
  public record Fields(Set<Integer> tags, boolean all, boolean study, boolean series) {
    public Fields {
      tags = Set.copyOf(tags);
    }
  }

  /** Adds a match to an answer in JSON. */
  public static void write(DicomJson json, QueryMatch match, Fields fields, String studies)
      throws IOException {
    json.add(attributes(match, fields, studies));
  }

  /** A match in XML. */
  public static byte[] xml(QueryMatch match, Fields fields, String studies) {
    return DicomXml.write(attributes(match, fields, studies));
  }

  /**
   * @param studies URL of the studies resource, for the Retrieve URL
   */
  static Attributes attributes(QueryMatch match, Fields fields, String studies) {
    DicomHeader header = match.header();
    Attributes from = header.attributes();
    Attributes out = new Attributes();
    QueryLevel level = match.level();
    boolean image = level == QueryLevel.IMAGE;
    if (fields.all() && image) {
      out.addAll(from);
    }
    if (level == QueryLevel.STUDY || fields.study()) {
      out.addSelected(from, sorted(PATIENT));
      out.addSelected(from, sorted(STUDY));
    }
    out.addSelected(from, Tag.SpecificCharacterSet, Tag.StudyInstanceUID);
    if (level == QueryLevel.SERIES || fields.series()) {
      out.addSelected(from, sorted(SERIES));
    }
    if (image) {
      out.addSelected(from, Tag.SeriesInstanceUID);
      out.addSelected(from, sorted(INSTANCE));
    }
    if (fields.all() && !image) {
      out.addSelected(from, sorted(ALL_OF_STUDY));
      if (level == QueryLevel.SERIES) {
        out.addSelected(from, sorted(ALL_OF_SERIES));
      }
    }
    for (int tag : fields.tags()) {
      if (from.contains(tag)) {
        out.addSelected(from, tag);
      }
    }
    related(out, match, fields);
    out.setString(Tag.InstanceAvailability, VR.CS, "ONLINE");
    out.setString(Tag.RetrieveURL, VR.UR, url(header, level, studies));
    return out;
  }

  private static void related(Attributes out, QueryMatch match, Fields fields) {
    Related related = match.related();
    if (match.level() == QueryLevel.STUDY) {
      out.setString(Tag.ModalitiesInStudy, VR.CS, related.modalities().toArray(String[]::new));
      if (fields.all() || fields.tags().contains(Tag.SOPClassesInStudy)) {
        out.setString(Tag.SOPClassesInStudy, VR.UI, related.sopClasses().toArray(String[]::new));
      }
      out.setInt(Tag.NumberOfStudyRelatedSeries, VR.IS, related.series());
      out.setInt(Tag.NumberOfStudyRelatedInstances, VR.IS, related.instances());
    } else if (match.level() == QueryLevel.SERIES) {
      out.setInt(Tag.NumberOfSeriesRelatedInstances, VR.IS, related.instances());
    }
  }

  private static String url(DicomHeader header, QueryLevel level, String studies) {
    String study = studies + "/" + header.study();
    return switch (level) {
      case PATIENT, STUDY -> study;
      case SERIES -> study + "/series/" + header.series();
      case IMAGE -> study + "/series/" + header.series() + "/instances/" + header.sopInstance();
    };
  }

  // The toolkit selects by binary search.
  private static int[] sorted(int[] tags) {
    int[] out = tags.clone();
    java.util.Arrays.sort(out);
    return out;
  }
}
