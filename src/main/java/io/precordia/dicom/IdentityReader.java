package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.PatientId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;

/** What an object says about its patient and itself (PS3.3 C.7.1.1, C.7.2.1, C.12.1). */
final class IdentityReader {
  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");
  private static final Pattern AGE = Pattern.compile("\\d{1,3}[DWMY]");
  private static final int LONGEST = 256;

  private IdentityReader() {}

  static Identity read(DicomObject object) {
    String id = clean(object.text(Tag.PatientID));
    LocalDate date = null;
    for (int tag :
        new int[] {Tag.AcquisitionDate, Tag.AcquisitionDateTime, Tag.ContentDate, Tag.StudyDate}) {
      date = date == null ? date(object.text(tag)) : date;
    }
    List<String> tags = new ArrayList<>();
    for (int tag : new int[] {Tag.Modality, Tag.ViewPosition}) {
      String value = object.text(tag);
      if (!value.isEmpty() && value.length() <= 16) {
        tags.add(value);
      }
    }
    return new Identity(
        id.isEmpty() ? null : patient(object, id).text(),
        uid(object.text(Tag.StudyInstanceUID)),
        uid(object.text(Tag.SOPInstanceUID)),
        date,
        sex(object.text(Tag.PatientSex)),
        age(object, date),
        orNull(clean(object.text(Tag.InstitutionName))),
        tags);
  }

  /** A reason not to trust the object's identifiers, or null. */
  static @Nullable Flag complaint(DicomObject object) {
    for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SOPInstanceUID}) {
      String value = object.text(tag);
      if (!value.isEmpty() && uid(value) == null) {
        return new Flag(
            ErrorCode.BAD_IDENTITY,
            "a unique identifier of the object is no UID (digits and dots, at most 64); correct it at the source");
      }
    }
    return null;
  }

  /** PS3.3 C.7.1.1 and Table 10-18 (issuer of patient ID macro). */
  private static PatientId patient(DicomObject object, String id) {
    Attributes qualifiers = object.data().getNestedDataset(Tag.IssuerOfPatientIDQualifiersSequence);
    return new PatientId(
        id,
        clean(object.text(Tag.IssuerOfPatientID)),
        qualifiers == null ? "" : clean(DicomObject.text(qualifiers, Tag.UniversalEntityID)),
        qualifiers == null ? "" : clean(DicomObject.text(qualifiers, Tag.UniversalEntityIDType)));
  }

  private static @Nullable String uid(String value) {
    return UID.matcher(value).matches() ? value : null;
  }

  private static String clean(String value) {
    String printable = value.replaceAll("\\p{Cntrl}", " ").strip();
    return printable.length() > LONGEST ? printable.substring(0, LONGEST) : printable;
  }

  private static @Nullable String orNull(String value) {
    return value.isEmpty() ? null : value;
  }

  private static @Nullable String sex(String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    return upper.equals("M") || upper.equals("F") || upper.equals("O") ? upper : null;
  }

  private static @Nullable LocalDate date(String value) {
    String digits = value.replace(".", "");
    if (digits.length() < 8) {
      return null;
    }
    try {
      return LocalDate.parse(digits.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Integer age(DicomObject object, @Nullable LocalDate date) {
    String stated = object.text(Tag.PatientAge).toUpperCase(Locale.ROOT);
    int years = -1;
    if (AGE.matcher(stated).matches()) {
      int n = Integer.parseInt(stated.substring(0, stated.length() - 1));
      years =
          switch (stated.charAt(stated.length() - 1)) {
            case 'Y' -> n;
            case 'M' -> n / 12;
            case 'W' -> n / 52;
            default -> n / 365;
          };
    } else {
      LocalDate born = date(object.text(Tag.PatientBirthDate));
      if (born != null && date != null) {
        years = (int) ChronoUnit.YEARS.between(born, date);
      }
    }
    return years >= 0 && years <= 130 ? years : null;
  }
}
