package io.precordia.dicom.deid;

import io.precordia.dicom.DicomObject;
import io.precordia.dicom.write.DerivedUid;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Fragments;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * De-identifies DICOM objects under one profile and one secret (PS3.15 Annex E). The same object
 * gives the same result; references between objects survive, since equal UIDs get equal
 * replacements. Thread-safe.
 */
public final class DicomDeidentifier {
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";

  private final DeidentificationProfile profile;
  private final SubjectSecret secret;
  private final AttributeTable table = AttributeTable.load();
  private final SafePrivateAttributes safe = SafePrivateAttributes.load();

  public DicomDeidentifier(DeidentificationProfile profile, SubjectSecret secret) {
    this.profile = profile;
    this.secret = secret;
  }

  public DeidentificationProfile profile() {
    return profile;
  }

  /**
   * A new file without what the profile takes out.
   *
   * @param file Part 10 file or bare data set
   * @param subject what the date shift and the pseudonym hang on; null for the object's own Patient
   *     ID and its issuer
   * @throws PrecordiaException NOT_DEIDENTIFIABLE if that cannot be done safely; MALFORMED,
   *     TRUNCATED, DECOMPRESSION_LIMIT if the file cannot be parsed
   */
  public Deidentified deidentify(byte[] file, @Nullable String subject) {
    DicomObject object = DicomObject.parse(file);
    try {
      return deidentify(object, subject);
    } catch (PrecordiaException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new PrecordiaException(
          ErrorCode.NOT_DEIDENTIFIABLE,
          "the object is not given out: an attribute has a value that cannot be read",
          e);
    }
  }

  private Deidentified deidentify(DicomObject object, @Nullable String subject) throws IOException {
    Attributes in =
        object.data().bigEndian() ? new Attributes(object.data(), false) : object.data();
    RefusedObjects.check(object.sopClass(), in, profile);
    String whose =
        subject == null
            ? object.text(Tag.IssuerOfPatientID) + "|" + object.text(Tag.PatientID)
            : subject;
    TextCleaner text = new TextCleaner(IdentifierScan.of(in, profile));
    ActionRules rules = new ActionRules(table, profile, SopFamily.of(object.sopClass()));
    Attributes out = new DataSetCleaner(rules, safe, profile, secret, whose, text).clean(in);
    int blanked = 0;
    if (profile.has(ProfileOption.CLEAN_GRAPHICS)) {
      new GraphicsCleaner().clean(out);
    }
    if (profile.has(ProfileOption.CLEAN_PIXEL_DATA)) {
      blanked = new PixelCleaner().clean(object, out);
    }
    mark(in, out);
    String sop = out.getString(Tag.SOPInstanceUID, "");
    if (sop.isEmpty()) {
      throw RefusedObjects.refused("without a SOP Instance UID");
    }
    boolean compressed = out.getValue(Tag.PixelData) instanceof Fragments;
    return new Deidentified(
        file(out, compressed ? object.transferSyntax() : EXPLICIT_LITTLE), sop, blanked);
  }

  /** PS3.15 E.2 (6) and PS3.3 C.7.1.1, C.12.1.1.3.4: says what was done. */
  private void mark(Attributes in, Attributes out) {
    out.setString(Tag.PatientIdentityRemoved, VR.CS, "YES");
    Set<String> methods = new LinkedHashSet<>();
    Sequence codes = out.newSequence(Tag.DeidentificationMethodCodeSequence, 4);
    Sequence before = in.getSequence(Tag.DeidentificationMethodCodeSequence);
    if (before != null && "YES".equals(in.getString(Tag.PatientIdentityRemoved))) {
      for (Attributes item : before) {
        String value = item.getString(Tag.CodeValue, "");
        if ("DCM".equals(item.getString(Tag.CodingSchemeDesignator))
            && value.matches("1131\\d\\d")) {
          for (ProfileOption option : ProfileOption.values()) {
            if (option.code().equals(value) && methods.add(value)) {
              codes.add(code(option));
            }
          }
        }
      }
    }
    for (ProfileOption option : profile.options()) {
      if (methods.add(option.code())) {
        codes.add(code(option));
      }
    }
    out.setString(
        Tag.DeidentificationMethod, VR.LO, "Precordia, PS3.15 Annex E: see code sequence");
    out.setString(
        Tag.LongitudinalTemporalInformationModified,
        VR.CS,
        switch (profile.dates()) {
          case REMOVE -> "REMOVED";
          case SHIFT -> "MODIFIED";
          case KEEP -> "UNMODIFIED";
        });
  }

  private static Attributes code(ProfileOption option) {
    Attributes item = new Attributes();
    item.setString(Tag.CodeValue, VR.SH, option.code());
    item.setString(Tag.CodingSchemeDesignator, VR.SH, "DCM");
    item.setString(Tag.CodeMeaning, VR.LO, option.meaning());
    return item;
  }

  private static byte[] file(Attributes out, String transferSyntax) throws IOException {
    Attributes meta = out.createFileMetaInformation(transferSyntax);
    meta.setString(Tag.ImplementationClassUID, VR.UI, DerivedUid.of("precordia-dicom-writer"));
    meta.setString(Tag.ImplementationVersionName, VR.SH, "PRECORDIA");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream dicom = new ImageOutputStream(bytes, EXPLICIT_LITTLE)) {
      dicom.writeDataset(meta, out);
      dicom.finish();
    }
    return bytes.toByteArray();
  }
}
