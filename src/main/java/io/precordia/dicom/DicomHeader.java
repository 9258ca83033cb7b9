package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.ObjectHeader;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * A DICOM object without its bulk data: what a catalogue keeps, queries match and metadata shows.
 * Not to be changed once made; reading is thread-safe as long as nobody reads the same one for the
 * first time in two threads, so decode one per use.
 */
public final class DicomHeader {
  private static final int LONGEST_UID = 64;
  private final Attributes attributes;
  private final String transferSyntax;
  private final String mediaClass;
  private final List<BulkElement> bulk;
  private final boolean complete;

  DicomHeader(
      Attributes attributes,
      String transferSyntax,
      String mediaClass,
      List<BulkElement> bulk,
      boolean complete) {
    this.attributes = attributes;
    this.transferSyntax = transferSyntax;
    this.mediaClass = mediaClass;
    this.bulk = List.copyOf(bulk);
    this.complete = complete;
  }

  /**
   * The header of a Part 10 file or bare data set. The whole of it is read, so a file that ends too
   * early is refused.
   *
   * @throws PrecordiaException TRUNCATED, MALFORMED or DECOMPRESSION_LIMIT
   */
  public static DicomHeader of(byte[] file) {
    return of(DicomObject.parse(file));
  }

  static DicomHeader of(DicomObject object) {
    HeaderSplit split = new HeaderSplit();
    try {
      Attributes header = split.header(object.data());
      return new DicomHeader(
          header, object.transferSyntax(), object.mediaClass(), split.bulk(), true);
    } catch (RuntimeException e) {
      throw e instanceof PrecordiaException p
          ? p
          : new PrecordiaException(
              ErrorCode.MALFORMED,
              "a value of the object has a length that its value representation cannot have",
              e);
    }
  }

  /** What {@link #encode} made. */
  public static DicomHeader decode(byte[] encoded) {
    return HeaderCodec.decode(encoded);
  }

  /** As bytes, to be sealed: it is patient data. At most 900,000. */
  public byte[] encode() {
    return HeaderCodec.encode(this);
  }

  /** Identifiers with the encoded header, as a catalogue keeps them. */
  public ObjectHeader entry() {
    String id = text(Tag.PatientID);
    String issuer = text(Tag.IssuerOfPatientID);
    String accession = text(Tag.AccessionNumber);
    return new ObjectHeader(
        id.isEmpty() ? null : issuer.isEmpty() ? id : id + "^^^" + issuer,
        study(),
        series(),
        sopInstance(),
        accession.isEmpty() ? null : accession,
        bounded(sopClass()),
        bounded(transferSyntax),
        encode());
  }

  /**
   * The header with the patient that its object belongs to now.
   *
   * @param patient null leaves the one it names
   */
  public DicomHeader under(@Nullable MergedPatient patient) {
    return patient == null
        ? this
        : new DicomHeader(
            PatientCoercion.of(attributes, patient), transferSyntax, mediaClass, bulk, complete);
  }

  /** UID of the encoding the object came in. */
  public String transferSyntax() {
    return transferSyntax;
  }

  /** SOP Class UID, else Media Storage SOP Class UID, else empty. */
  public String sopClass() {
    String own = text(Tag.SOPClassUID);
    return own.isEmpty() ? mediaClass : own;
  }

  /** SOP Instance UID, empty if absent. */
  public String sopInstance() {
    return text(Tag.SOPInstanceUID);
  }

  /** Study Instance UID, empty if absent. */
  public String study() {
    return text(Tag.StudyInstanceUID);
  }

  /** Series Instance UID, empty if absent. */
  public String series() {
    return text(Tag.SeriesInstanceUID);
  }

  /** First value of a top-level attribute, stripped; empty if there is none. */
  public String text(int tag) {
    return DicomObject.text(attributes, tag);
  }

  /** All values of a top-level attribute joined by a backslash; empty if there is none. */
  public String joined(int tag) {
    @Nullable String @Nullable [] values = attributes.getStrings(tag);
    if (values == null) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      out.append(i == 0 ? "" : "\\").append(value == null ? "" : value.strip());
    }
    return out.toString();
  }

  /** A top-level number, or what is given where there is none or it cannot be read. */
  public int number(int tag, int otherwise) {
    try {
      return attributes.getInt(tag, otherwise);
    } catch (RuntimeException e) {
      return otherwise;
    }
  }

  /** The values left out; empty if not {@link #complete}. */
  public List<BulkElement> bulk() {
    return bulk;
  }

  /** False for the few objects whose sequences are too large for a catalogue. */
  public boolean complete() {
    return complete;
  }

  /** The data set, for the DICOM room only. */
  public Attributes attributes() {
    return attributes;
  }

  String mediaClass() {
    return mediaClass;
  }

  private static String bounded(String uid) {
    return uid.length() > LONGEST_UID ? uid.substring(0, LONGEST_UID) : uid;
  }
}
