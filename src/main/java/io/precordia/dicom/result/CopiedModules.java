package io.precordia.dicom.result;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * What a result takes over from its source: the Patient, Clinical Trial, General Study and Patient
 * Study modules in the source's character set (PS3.3 C.7.1, C.7.2).
 */
final class CopiedModules {
  private static final int[] TAGS = {
    Tag.SpecificCharacterSet,
    Tag.TimezoneOffsetFromUTC,
    Tag.PatientName,
    Tag.PatientID,
    Tag.IssuerOfPatientID,
    Tag.IssuerOfPatientIDQualifiersSequence,
    Tag.TypeOfPatientID,
    Tag.PatientBirthDate,
    Tag.PatientBirthTime,
    Tag.PatientSex,
    Tag.OtherPatientIDsSequence,
    Tag.OtherPatientNames,
    Tag.PatientAge,
    Tag.PatientSize,
    Tag.PatientWeight,
    Tag.EthnicGroup,
    Tag.PatientComments,
    Tag.PatientSpeciesDescription,
    Tag.PatientSpeciesCodeSequence,
    Tag.ResponsiblePerson,
    Tag.PatientIdentityRemoved,
    Tag.DeidentificationMethod,
    Tag.DeidentificationMethodCodeSequence,
    Tag.ClinicalTrialSponsorName,
    Tag.ClinicalTrialProtocolID,
    Tag.ClinicalTrialProtocolName,
    Tag.ClinicalTrialSiteID,
    Tag.ClinicalTrialSiteName,
    Tag.ClinicalTrialSubjectID,
    Tag.ClinicalTrialSubjectReadingID,
    Tag.StudyInstanceUID,
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.StudyID,
    Tag.StudyDescription,
    Tag.ProcedureCodeSequence,
    Tag.AccessionNumber,
    Tag.IssuerOfAccessionNumberSequence,
    Tag.ReferringPhysicianName,
    Tag.ReferringPhysicianIdentificationSequence,
    Tag.AdmissionID,
    Tag.IssuerOfAdmissionIDSequence,
  };

  private CopiedModules() {}

  static Attributes of(ResultSource source) {
    Attributes out = new Attributes(source.data(), sorted());
    for (int tag : TAGS) {
      if (!SourceValues.usable(out, tag)) {
        out.remove(tag);
      }
    }
    // Type 2: there, if need be without a value.
    empty(out, Tag.PatientName, VR.PN);
    empty(out, Tag.PatientID, VR.LO);
    empty(out, Tag.PatientBirthDate, VR.DA);
    empty(out, Tag.PatientSex, VR.CS);
    empty(out, Tag.StudyDate, VR.DA);
    empty(out, Tag.StudyTime, VR.TM);
    empty(out, Tag.StudyID, VR.SH);
    empty(out, Tag.AccessionNumber, VR.SH);
    empty(out, Tag.ReferringPhysicianName, VR.PN);
    return out;
  }

  private static int[] sorted() {
    int[] tags = TAGS.clone();
    java.util.Arrays.sort(tags);
    return tags;
  }

  private static void empty(Attributes out, int tag, VR vr) {
    if (!out.contains(tag)) {
      out.setNull(tag, vr);
    }
  }
}
