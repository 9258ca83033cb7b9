package io.precordia.dicom;

import io.precordia.study.PatientDemographics;
import io.precordia.study.PatientId;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * The patient's attributes of a header replaced by those of the surviving patient of a merge (IHE
 * RAD Patient Information Reconciliation). What they were stands in the Original Attributes
 * Sequence (PS3.3 C.12.1.1.9). Stateless.
 */
final class PatientCoercion {
  private static final int[] PATIENT = {
    Tag.PatientName,
    Tag.PatientID,
    Tag.IssuerOfPatientID,
    Tag.IssuerOfPatientIDQualifiersSequence,
    Tag.PatientBirthDate,
    Tag.PatientSex
  };
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'+0000'").withZone(ZoneOffset.UTC);

  private PatientCoercion() {}

  /** A coerced copy, or the same if it names the surviving patient already. */
  static Attributes of(Attributes header, MergedPatient merged) {
    PatientDemographics patient = merged.patient();
    if (is(header, Tag.PatientID, patient.id().id())
        && is(header, Tag.IssuerOfPatientID, patient.id().namespace())
        && is(header, Tag.PatientName, patient.name())
        && is(header, Tag.PatientBirthDate, patient.birthDate())
        && is(header, Tag.PatientSex, patient.sex())) {
      return header;
    }
    Attributes before = new Attributes();
    before.addSelected(header, PATIENT);
    Attributes out = new Attributes(header);
    String[] charset = header.getStrings(Tag.SpecificCharacterSet);
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(patient.name())
        && (charset == null || charset.length != 1 || !charset[0].equals("ISO_IR 192"))) {
      out.setSpecificCharacterSet("ISO_IR 192");
    }
    id(out, patient.id());
    put(out, Tag.PatientName, VR.PN, patient.name());
    put(out, Tag.PatientBirthDate, VR.DA, patient.birthDate());
    put(out, Tag.PatientSex, VR.CS, patient.sex());
    others(out, merged.formerIds());
    original(out, before, merged);
    return out;
  }

  private static boolean is(Attributes header, int tag, String value) {
    return DicomObject.text(header, tag).equals(value);
  }

  private static void put(Attributes out, int tag, VR vr, String value) {
    if (value.isEmpty()) {
      out.setNull(tag, vr);
    } else {
      out.setString(tag, vr, value);
    }
  }

  private static void id(Attributes out, PatientId id) {
    out.setString(Tag.PatientID, VR.LO, id.id());
    out.remove(Tag.IssuerOfPatientID);
    out.remove(Tag.IssuerOfPatientIDQualifiersSequence);
    if (!id.namespace().isEmpty()) {
      out.setString(Tag.IssuerOfPatientID, VR.LO, id.namespace());
    }
    if (!id.universal().isEmpty()) {
      Attributes item = new Attributes();
      item.setString(Tag.UniversalEntityID, VR.UT, id.universal());
      item.setString(
          Tag.UniversalEntityIDType,
          VR.CS,
          id.universalType().isEmpty() ? "ISO" : id.universalType());
      out.newSequence(Tag.IssuerOfPatientIDQualifiersSequence, 1).add(item);
    }
  }

  private static void others(Attributes out, List<PatientId> formerIds) {
    Sequence others = sequence(out, Tag.OtherPatientIDsSequence);
    for (PatientId former : formerIds) {
      Attributes item = new Attributes();
      id(item, former);
      item.setString(Tag.TypeOfPatientID, VR.CS, "TEXT");
      others.add(item);
    }
  }

  private static void original(Attributes out, Attributes before, MergedPatient merged) {
    Attributes item = new Attributes();
    item.setNull(Tag.SourceOfPreviousValues, VR.LO);
    item.setString(Tag.AttributeModificationDateTime, VR.DT, TIME.format(merged.since()));
    item.setString(Tag.ModifyingSystem, VR.LO, "PRECORDIA");
    item.setString(Tag.ReasonForTheAttributeModification, VR.CS, "COERCE");
    item.newSequence(Tag.ModifiedAttributesSequence, 1).add(before);
    sequence(out, Tag.OriginalAttributesSequence).add(item);
  }

  private static Sequence sequence(Attributes out, int tag) {
    @Nullable Sequence there = out.getSequence(tag);
    return there == null ? out.newSequence(tag, 1) : there;
  }
}
