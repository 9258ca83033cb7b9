package io.precordia.dicom.deid;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * Plants attributes and notes what must become of them. The key is written here by hand from PS3.15
 * Table E.1-1 and the types of PS3.3; it does not read the table of the program.
 */
final class PhiBuilder {
  final PhiCase of;
  final Attributes root = new Attributes();
  final Random r;

  PhiBuilder(PhiCase of, Random r) {
    this.of = of;
    this.r = r;
  }

  /**
   * Plants values.
   *
   * @param spec basic action X, Z, D, U or K, then the options that change it: date, uid, dev,
   *     inst, pat, desc, struct, graph, priv
   */
  void put(Attributes item, List<Integer> path, int tag, VR vr, String spec, String... values) {
    set(item, tag, vr, values);
    note(path, tag, expected(spec), values, List.of());
  }

  void put(int tag, VR vr, String spec, String... values) {
    put(root, List.of(), tag, vr, spec, values);
  }

  /** The toolkit cannot encode ISO 2022; this does (PS3.5 6.1.2.5). */
  void set(Attributes item, int tag, VR vr, String... values) {
    String set = of.person.charset();
    String joined = String.join("\\", values);
    if (!set.startsWith("\\") || joined.chars().allMatch(c -> c < 128)) {
      item.setString(tag, vr, values);
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean korean = set.endsWith("149");
    for (String piece : joined.split("(?<=[\\^=\\\\])|(?=[\\^=\\\\])")) {
      boolean plain = piece.chars().allMatch(c -> c < 128);
      if (korean && !plain) {
        out.writeBytes(new byte[] {0x1b, '$', ')', 'C'});
      }
      out.writeBytes(piece.getBytes(Charset.forName(korean ? "EUC-KR" : "ISO-2022-JP")));
    }
    item.setBytes(tag, vr, out.toByteArray());
  }

  /** A text with identifiers in it of which only {@code words} may stay. */
  void text(
      Attributes item,
      List<Integer> path,
      int tag,
      VR vr,
      String spec,
      String text,
      String... words) {
    set(item, tag, vr, text);
    Expected e = expected(spec);
    note(path, tag, e, new String[] {text}, e == Expected.CLEANED ? List.of(words) : List.of());
  }

  void note(List<Integer> path, int tag, Expected expected, String[] values, List<String> words) {
    int[] full = new int[path.size() + 1];
    for (int i = 0; i < path.size(); i++) {
      full[i] = path.get(i);
    }
    full[path.size()] = tag;
    of.key.add(new PhiCase.Planted(full, expected, values, words));
  }

  Attributes item(Attributes parent, int sequence) {
    Attributes item = new Attributes();
    parent.ensureSequence(sequence, 1).add(item);
    return item;
  }

  static List<Integer> path(Object... steps) {
    List<Integer> out = new ArrayList<>();
    for (Object s : steps) {
      if (s instanceof List<?> l) {
        l.forEach(i -> out.add((Integer) i));
      } else {
        out.add((Integer) s);
      }
    }
    return out;
  }

  Expected expected(String spec) {
    List<String> words = List.of(spec.split(" "));
    Set<ProfileOption> o = of.profile.options();
    if (words.contains("date")) {
      if (o.contains(ProfileOption.RETAIN_FULL_DATES)) {
        return Expected.SAME;
      }
      if (o.contains(ProfileOption.RETAIN_MODIFIED_DATES)) {
        return Expected.SHIFTED;
      }
    }
    if (words.contains("uid") && o.contains(ProfileOption.RETAIN_UIDS)
        || words.contains("dev") && o.contains(ProfileOption.RETAIN_DEVICE_IDENTITY)
        || words.contains("inst") && o.contains(ProfileOption.RETAIN_INSTITUTION_IDENTITY)
        || words.contains("pat") && o.contains(ProfileOption.RETAIN_PATIENT_CHARACTERISTICS)
        || words.contains("priv") && o.contains(ProfileOption.RETAIN_SAFE_PRIVATE)) {
      return Expected.SAME;
    }
    if (words.contains("desc") && o.contains(ProfileOption.CLEAN_DESCRIPTORS)
        || words.contains("struct") && o.contains(ProfileOption.CLEAN_STRUCTURED_CONTENT)
        || words.contains("graph") && o.contains(ProfileOption.CLEAN_GRAPHICS)) {
      return Expected.CLEANED;
    }
    return switch (words.getFirst()) {
      case "X" -> Expected.ABSENT;
      case "Z" -> Expected.EMPTY;
      case "D" -> Expected.DUMMY;
      case "U" -> Expected.NEW_UID;
      case "C" -> Expected.CLEANED;
      default -> Expected.SAME;
    };
  }

  String uid() {
    return "1.2.276.0.7230010.3.1."
        + (1 + r.nextInt(1_000_000))
        + "."
        + (1 + r.nextInt(1_000_000_000));
  }

  /** Patient, study, series, equipment and general image attributes that any modality has. */
  void common(String sopClass, String modality, String dateType) {
    PhiPerson p = of.person;
    if (!p.charset().isEmpty()) {
      root.setString(Tag.SpecificCharacterSet, VR.CS, p.charset().split("\\\\", -1));
    }
    of.identifiers.addAll(p.parts());
    of.identifiers.addAll(
        List.of(
            p.id(),
            p.issuer(),
            p.accession(),
            p.birthDate(),
            p.phone(),
            p.address(),
            p.physician().split("\\^")[0],
            p.reader().split("\\^")[0],
            p.operator().split("\\^")[0]));
    put(Tag.SOPClassUID, VR.UI, "K", sopClass);
    uid(Tag.SOPInstanceUID);
    uid(Tag.StudyInstanceUID);
    uid(Tag.SeriesInstanceUID);
    put(Tag.Modality, VR.CS, "K", modality);
    put(Tag.PatientName, VR.PN, "Z", p.name());
    put(Tag.PatientID, VR.LO, "Z", p.id());
    put(Tag.IssuerOfPatientID, VR.LO, "X", p.issuer());
    put(Tag.PatientBirthDate, VR.DA, "Z", p.birthDate());
    put(Tag.PatientSex, VR.CS, "Z pat", r.nextBoolean() ? "F" : "M");
    put(Tag.StudyDate, VR.DA, "Z date", p.studyDate());
    put(Tag.StudyTime, VR.TM, "Z date", "1" + r.nextInt(10) + "3" + r.nextInt(10) + "21.125");
    put(Tag.ContentDate, VR.DA, dateType + " date", p.studyDate());
    put(Tag.ContentTime, VR.TM, dateType + " date", "143512");
    put(Tag.AccessionNumber, VR.SH, "Z", p.accession());
    put(Tag.ReferringPhysicianName, VR.PN, "Z", p.physician());
    put(Tag.StudyID, VR.SH, "Z", "S" + (1000 + r.nextInt(9000)));
    put(Tag.SeriesNumber, VR.IS, "K", "2");
    put(Tag.InstanceNumber, VR.IS, "K", "1");
    put(Tag.Manufacturer, VR.LO, "K", "Acme Imaging");
    put(Tag.ManufacturerModelName, VR.LO, "K", "Model 7");
    extras();
  }

  /** A UID, sometimes one that was used before. */
  void uid(int tag) {
    String uid = uid();
    put(tag, VR.UI, "U uid", uid);
    if (!of.profile.has(ProfileOption.RETAIN_UIDS)) {
      of.identifiers.add(uid);
    }
  }

  private void extras() {
    PhiPerson p = of.person;
    if (!of.profile.has(ProfileOption.RETAIN_INSTITUTION_IDENTITY)) {
      of.identifiers.add(p.institution());
    }
    if (!of.profile.has(ProfileOption.RETAIN_DEVICE_IDENTITY)) {
      of.identifiers.add(p.serial());
      of.identifiers.add(p.station());
    }
    String age = String.format("%03dY", p.age());
    if (half()) {
      boolean old = p.age() > 90 && of.profile.has(ProfileOption.RETAIN_PATIENT_CHARACTERISTICS);
      root.setString(Tag.PatientAge, VR.AS, age);
      note(
          List.of(),
          Tag.PatientAge,
          old ? Expected.DUMMY : expected("X pat"),
          new String[] {age},
          List.of());
    }
    maybe(Tag.PatientSize, VR.DS, "X pat", "1.81");
    maybe(Tag.PatientWeight, VR.DS, "X pat", "78.5");
    maybe(Tag.EthnicGroup, VR.SH, "X pat", "GROUP9");
    maybe(Tag.SmokingStatus, VR.CS, "X pat", "NO");
    maybe(Tag.PatientAddress, VR.LO, "X", p.address());
    maybe(Tag.PatientTelephoneNumbers, VR.SH, "X", p.phone());
    maybe(Tag.OtherPatientIDs, VR.LO, "X", p.id(), "ALT" + p.id());
    maybe(Tag.OtherPatientNames, VR.PN, "X", p.name());
    maybe(Tag.PatientBirthTime, VR.TM, "X", "0815");
    maybe(Tag.PatientMotherBirthName, VR.PN, "X", "Bartholomew^Agathe");
    maybe(Tag.CountryOfResidence, VR.LO, "X", "Ruritania");
    maybe(Tag.PatientReligiousPreference, VR.LO, "X", "none stated");
    maybe(Tag.MilitaryRank, VR.LO, "X", "Major");
    maybe(Tag.Occupation, VR.SH, "X desc", "teacher");
    maybe(Tag.InstitutionName, VR.LO, "X inst", p.institution());
    maybe(Tag.InstitutionAddress, VR.ST, "X inst", "1 Hospital Way");
    maybe(Tag.InstitutionalDepartmentName, VR.LO, "X inst", "Radiology");
    maybe(Tag.StationName, VR.SH, "X dev", p.station());
    if (!root.contains(Tag.DeviceSerialNumber)) {
      maybe(Tag.DeviceSerialNumber, VR.LO, "X dev", p.serial());
    }
    maybe(Tag.DetectorID, VR.SH, "X dev", "DET" + p.serial().substring(4));
    maybe(Tag.PlateID, VR.LO, "X dev", "PL-3321");
    maybe(Tag.CassetteID, VR.LO, "X dev", "CA-0071");
    maybe(
        Tag.DeviceUID,
        VR.UI,
        of.profile.has(ProfileOption.RETAIN_DEVICE_IDENTITY) ? "K" : "U uid",
        uid());
    maybe(Tag.PerformingPhysicianName, VR.PN, "X", p.reader(), p.physician());
    maybe(Tag.NameOfPhysiciansReadingStudy, VR.PN, "X", p.reader());
    maybe(Tag.OperatorsName, VR.PN, "X", p.operator());
    maybe(Tag.PhysiciansOfRecord, VR.PN, "X", p.physician());
    maybe(Tag.SeriesDate, VR.DA, "X date", p.studyDate());
    maybe(Tag.SeriesTime, VR.TM, "X date", "121314");
    maybe(Tag.InstanceCreationDate, VR.DA, "X date", p.studyDate());
    maybe(
        Tag.TimezoneOffsetFromUTC,
        VR.SH,
        of.profile.dates() == DeidentificationProfile.Dates.REMOVE ? "X" : "K",
        "+0200");
    maybe(Tag.AdmissionID, VR.LO, "X", "ADM" + p.accession());
    maybe(Tag.RequestedProcedureID, VR.SH, "X", "RP" + p.accession());
    maybe(Tag.PerformedProcedureStepID, VR.SH, "X", "PPS771234");
    maybe(Tag.PerformedProcedureStepStartDate, VR.DA, "X date", p.studyDate());
    maybe(Tag.RequestingPhysician, VR.PN, "X", p.physician());
    maybe(Tag.FrameOfReferenceUID, VR.UI, "U uid", uid());
    maybe(Tag.BodyPartExamined, VR.CS, "K", "CHEST");
    maybe(Tag.PatientPosition, VR.CS, "K", "HFS");
    maybe(Tag.SoftwareVersions, VR.LO, "K", "4.2", "B");
    maybe(Tag.KVP, VR.DS, "K", "125");
    maybe(Tag.ExposureTime, VR.IS, "K", "4");
    texts();
    sequences();
    privates();
    if (half()) { // a curve of the retired Curve module
      root.setString(0x50000030, VR.SH, p.parts().getFirst().length() > 16 ? "X" : "lead");
      note(List.of(), 0x50000030, Expected.ABSENT, new String[] {"lead"}, List.of());
    }
  }

  private void texts() {
    PhiPerson p = of.person;
    String who = p.inText();
    String dob =
        p.birth().getDayOfMonth() + "." + p.birth().getMonthValue() + "." + p.birth().getYear();
    if (half()) {
      text(
          root,
          List.of(),
          Tag.StudyDescription,
          VR.LO,
          "X desc",
          cut("Chest PA for " + who, 64),
          "Chest",
          "PA");
    }
    if (half()) {
      text(
          root,
          List.of(),
          Tag.SeriesDescription,
          VR.LO,
          "X desc",
          cut("Thorax lateral " + p.studyDate() + " " + p.id(), 64),
          "Thorax",
          "lateral");
    }
    if (half()) {
      text(
          root,
          List.of(),
          Tag.ImageComments,
          VR.LT,
          "X desc",
          "Follow-up of "
              + who
              + ", born "
              + dob
              + ". Call "
              + p.phone()
              + " (Dr. "
              + p.physician().split("\\^")[0]
              + "). MRN: "
              + p.id()
              + ". Small effusion on the left.",
          "Small",
          "effusion",
          "left");
    }
    if (half()) {
      text(
          root,
          List.of(),
          Tag.PatientComments,
          VR.LT,
          "X desc",
          who
              + " lives at "
              + p.address()
              + ", e-mail someone@example.org, seen 12 March 2014; dyspnoea since two weeks",
          "dyspnoea",
          "two",
          "weeks");
    }
    if (half()) {
      text(
          root,
          List.of(),
          Tag.AdditionalPatientHistory,
          VR.LT,
          "X desc",
          "Mother of " + who + "; hypertension, id " + p.id(),
          "hypertension");
    }
    if (half()) {
      text(root, List.of(), Tag.ProtocolName, VR.LO, "X desc", "THORAX AP", "THORAX", "AP");
    }
    if (half()) {
      text(
          root,
          List.of(),
          Tag.DerivationDescription,
          VR.ST,
          "X desc",
          "windowed for " + p.accession() + " at " + p.institution(),
          "windowed");
    }
    if (half()) {
      text(
          root,
          List.of(),
          Tag.RequestedProcedureDescription,
          VR.LO,
          "X desc",
          cut("X-ray chest " + p.parts().getFirst(), 64),
          "X-ray",
          "chest");
    }
    // Attributes that the table does not list, where a name does not belong and stands
    // nevertheless.
    if (half()) {
      text(
          root,
          List.of(),
          Tag.WindowCenterWidthExplanation,
          VR.LO,
          "C",
          "HARD " + p.parts().getFirst(),
          "HARD");
    }
    if (half()) {
      text(root, List.of(), Tag.LUTExplanation, VR.LO, "C", "LUNG " + p.id(), "LUNG");
    }
    // Texts without any identifier stay word by word.
    if (half()) {
      put(Tag.AcquisitionDeviceProcessingCode, VR.LO, "K", "PROC 17 standard");
    }
  }

  private void sequences() {
    PhiPerson p = of.person;
    if (half()) {
      Attributes request = item(root, Tag.RequestAttributesSequence);
      List<Integer> at = path(Tag.RequestAttributesSequence, 0);
      put(request, at, Tag.RequestedProcedureID, VR.SH, "X", "RP" + p.accession());
      put(request, at, Tag.ScheduledProcedureStepID, VR.SH, "X", "SP" + p.accession());
      text(
          request,
          at,
          Tag.ScheduledProcedureStepDescription,
          VR.LO,
          "X desc",
          cut("chest for " + p.parts().getFirst(), 64),
          "chest");
    }
    if (half()) {
      Attributes ref = item(root, Tag.ReferencedImageSequence);
      List<Integer> at = path(Tag.ReferencedImageSequence, 0);
      put(ref, at, Tag.ReferencedSOPClassUID, VR.UI, "K", "1.2.840.10008.5.1.4.1.1.1");
      put(ref, at, Tag.ReferencedSOPInstanceUID, VR.UI, "U uid", uid());
    }
    if (half()) {
      Attributes ids = item(root, Tag.OtherPatientIDsSequence);
      put(ids, path(Tag.OtherPatientIDsSequence, 0), Tag.PatientID, VR.LO, "X", p.id());
      note(List.of(), Tag.OtherPatientIDsSequence, Expected.ABSENT, new String[0], List.of());
    }
    if (half()) {
      Attributes doctor = item(root, Tag.ReferringPhysicianIdentificationSequence);
      doctor.setString(Tag.InstitutionName, VR.LO, p.institution());
      doctor.setString(Tag.PersonTelephoneNumbers, VR.LO, p.phone());
      note(
          List.of(),
          Tag.ReferringPhysicianIdentificationSequence,
          Expected.ABSENT,
          new String[0],
          List.of());
    }
    if (half()) {
      Attributes original = item(root, Tag.OriginalAttributesSequence);
      Attributes was = item(original, Tag.ModifiedAttributesSequence);
      set(was, Tag.PatientName, VR.PN, p.name());
      was.setString(Tag.PatientID, VR.LO, "OLD" + p.id());
      note(List.of(), Tag.OriginalAttributesSequence, Expected.ABSENT, new String[0], List.of());
    }
    if (half()) {
      Attributes equipment = item(root, Tag.ContributingEquipmentSequence);
      List<Integer> at = path(Tag.ContributingEquipmentSequence, 0);
      put(equipment, at, Tag.Manufacturer, VR.LO, "K", "Acme Imaging");
      put(equipment, at, Tag.InstitutionName, VR.LO, "X inst", p.institution());
      put(equipment, at, Tag.OperatorsName, VR.PN, "X", p.operator());
      put(equipment, at, Tag.StationName, VR.SH, "X dev", p.station());
      put(
          equipment,
          at,
          Tag.ContributionDateTime,
          VR.DT,
          "D date",
          p.studyDate() + "101112.345678+0100");
    }
    if (half()) { // a coded value of a public scheme stays to the letter
      Attributes region = item(root, Tag.AnatomicRegionSequence);
      List<Integer> at = path(Tag.AnatomicRegionSequence, 0);
      put(region, at, Tag.CodeValue, VR.SH, "K", "43799004");
      put(region, at, Tag.CodingSchemeDesignator, VR.SH, "K", "SCT");
      put(region, at, Tag.CodeMeaning, VR.LO, "K", "Thoracic cavity");
    }
  }

  private void privates() {
    PhiPerson p = of.person;
    if (half()) {
      root.setString(0x00290010, VR.LO, "ACME INFO");
      set(root, 0x00291001, VR.PN, p.name());
      set(root, 0x00291002, VR.LT, "patient " + p.inText() + " " + p.id());
      for (int tag : new int[] {0x00290010, 0x00291001, 0x00291002}) {
        note(List.of(), tag, Expected.ABSENT, new String[] {"x"}, List.of());
      }
    }
    if (half()) {
      root.setString(0x00190010, VR.LO, "SIEMENS MR HEADER");
      root.setString(0x0019100C, VR.IS, "1000");
      note(List.of(), 0x0019100C, expected("X priv"), new String[] {"1000"}, List.of());
      root.setString(0x00191008, VR.CS, "IMAGE");
      note(List.of(), 0x00191008, Expected.ABSENT, new String[] {"IMAGE"}, List.of());
    }
  }

  private void maybe(int tag, VR vr, String spec, String... values) {
    if (half()) {
      put(tag, vr, spec, values);
    }
  }

  boolean half() {
    return r.nextBoolean();
  }

  static String cut(String s, int n) {
    return s.length() <= n ? s : s.substring(0, n);
  }
}
