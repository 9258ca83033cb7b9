package io.precordia.dicom.result;

import io.precordia.dicom.OwnEquipment;
import io.precordia.dicom.write.DerivedUid;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * The part that all results share: modules copied from the source, a series of our own, our
 * equipment, and UIDs derived from source, model, software and kind, so that making a result again
 * makes the same object and never replaces another one.
 */
final class ResultHeader {
  static final String NOT_FOR_CLINICAL_USE =
      "Not for clinical use. Computed by software without review by a physician.";

  /** Counts the forms that results had: another form needs other UIDs, also within a version. */
  private static final String FORM = "2";

  private static final int SERIES = 9100;
  private static final int PER_SOURCE = 10;
  private static final int MOST_SOURCES = 99_999;
  private static final Pattern OFFSET = Pattern.compile("[-+](0\\d|1[0-4])[0-5]\\d");
  private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx", Locale.ROOT);

  private final ResultSource source;
  private final Analysis analysis;
  private final ResultKind kind;
  private final String name;
  private final ZonedDateTime made;

  /**
   * @param part what tells this object from others of its kind and source: a fact, or empty
   */
  ResultHeader(ResultSource source, Analysis analysis, ResultKind kind, String part) {
    this.source = source;
    this.analysis = analysis;
    this.kind = kind;
    this.name = String.join("/", kind.id(), source.instanceUid(), origin(), part, FORM);
    this.made = analysis.made().atZone(zone(source));
  }

  /** All times of a data set are of the offset that it states (PS3.3 C.12.1.1.8). */
  private static ZoneId zone(ResultSource source) {
    String offset = source.text(Tag.TimezoneOffsetFromUTC);
    return OFFSET.matcher(offset).matches() ? ZoneOffset.of(offset) : ZoneId.systemDefault();
  }

  private String origin() {
    return analysis.model().sha256() + "/" + analysis.software();
  }

  String instanceUid() {
    return DerivedUid.of("precordia-result/" + name);
  }

  /** Another UID of this object, for what it names inside. */
  String uid(String purpose) {
    return DerivedUid.of("precordia-result-" + purpose + "/" + name);
  }

  /** A UID that results of every kind about the same thing share. */
  String trackingUid(String fact) {
    return DerivedUid.of(
        "precordia-tracking/" + source.instanceUid() + "/" + origin() + "/" + fact);
  }

  String date() {
    return DATE.format(made.toLocalDate());
  }

  String time() {
    return TIME.format(made);
  }

  String dateTime() {
    return DATE_TIME.format(made);
  }

  Analysis analysis() {
    return analysis;
  }

  /**
   * A data set with everything that does not depend on the kind.
   *
   * @param instance number among the results of the source, from 1 to 9
   */
  Attributes start(String sopClass, String modality, String series, int instance) {
    Attributes d = CopiedModules.of(source);
    d.setString(Tag.SOPClassUID, VR.UI, sopClass);
    d.setString(Tag.SOPInstanceUID, VR.UI, instanceUid());
    d.setString(Tag.InstanceCreationDate, VR.DA, date());
    d.setString(Tag.InstanceCreationTime, VR.TM, time());
    d.setString(Tag.Modality, VR.CS, modality);
    // One series for each kind, model and source series: objects of several films join it.
    d.setString(
        Tag.SeriesInstanceUID,
        VR.UI,
        DerivedUid.of(
            "precordia-result-series/"
                + String.join("/", kind.id(), source.studyUid(), source.seriesUid(), origin())));
    d.setInt(Tag.SeriesNumber, VR.IS, SERIES + kind.ordinal());
    d.setString(Tag.SeriesDescription, VR.LO, series);
    d.setString(Tag.SeriesDate, VR.DA, date());
    d.setString(Tag.SeriesTime, VR.TM, time());
    d.setString(Tag.ContentDate, VR.DA, date());
    d.setString(Tag.ContentTime, VR.TM, time());
    d.setInt(Tag.InstanceNumber, VR.IS, PER_SOURCE * sourceNumber() + instance);
    d.setString(Tag.Manufacturer, VR.LO, OwnEquipment.MANUFACTURER);
    d.setString(Tag.ManufacturerModelName, VR.LO, OwnEquipment.MODEL_NAME);
    d.setString(Tag.DeviceSerialNumber, VR.LO, analysis.digest());
    d.setString(Tag.SoftwareVersions, VR.LO, analysis.software(), modelVersion());
    contributing(d);
    schemes(d);
    return d;
  }

  private int sourceNumber() {
    return Math.clamp(source.data().getInt(Tag.InstanceNumber, 0), 0, MOST_SOURCES);
  }

  String modelVersion() {
    String text = analysis.model().id() + " " + analysis.model().version();
    return text.replace('\\', ' ').substring(0, Math.min(64, text.length()));
  }

  private void contributing(Attributes d) {
    Sequence equipment = d.newSequence(Tag.ContributingEquipmentSequence, 2);
    if (repeatable(Tag.Manufacturer)) { // type 1 there
      Attributes acquisition = new Attributes();
      equipment.add(acquisition); // from now on it has the data set's character set
      Code.dcm("109101", "Acquisition Equipment")
          .into(acquisition, Tag.PurposeOfReferenceCodeSequence);
      for (int tag :
          new int[] {
            Tag.Manufacturer, Tag.InstitutionName, Tag.StationName, Tag.ManufacturerModelName
          }) {
        if (repeatable(tag)) {
          acquisition.setString(tag, tag == Tag.StationName ? VR.SH : VR.LO, source.text(tag));
        }
      }
    }
    Attributes own = new Attributes();
    Code.dcm("109102", "Processing Equipment").into(own, Tag.PurposeOfReferenceCodeSequence);
    own.setString(Tag.Manufacturer, VR.LO, OwnEquipment.MANUFACTURER);
    own.setString(Tag.ManufacturerModelName, VR.LO, OwnEquipment.MODEL_NAME);
    own.setString(Tag.SoftwareVersions, VR.LO, analysis.software(), modelVersion());
    own.setString(Tag.ContributionDateTime, VR.DT, dateTime());
    own.setString(Tag.ContributionDescription, VR.ST, "Model " + analysis.model().sha256());
    equipment.add(own);
  }

  private boolean repeatable(int tag) {
    return !source.text(tag).isEmpty() && SourceValues.usable(source.data(), tag);
  }

  private static void schemes(Attributes d) {
    Attributes scheme = new Attributes();
    scheme.setString(Tag.CodingSchemeDesignator, VR.SH, Code.OWN_SCHEME);
    scheme.setString(Tag.CodingSchemeName, VR.ST, "Precordia findings");
    scheme.setString(Tag.CodingSchemeResponsibleOrganization, VR.ST, "Precordia");
    d.newSequence(Tag.CodingSchemeIdentificationSequence, 1).add(scheme);
  }

  /** A reference to the source (PS3.3 10.8). */
  Attributes sourceReference() {
    Attributes reference = new Attributes();
    reference.setString(Tag.ReferencedSOPClassUID, VR.UI, source.sopClass());
    reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, source.instanceUid());
    return reference;
  }

  ResultSource source() {
    return source;
  }
}
