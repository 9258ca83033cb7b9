package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.GreyRendering;
import io.precordia.imaging.ModalityTransform;
import io.precordia.imaging.RawImage;
import io.precordia.imaging.Voi;
import io.precordia.study.Pixels;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;

/** CR, DX and secondary capture objects that can be a chest radiograph (PS3.3 A.2, A.8, A.26). */
final class RadiographReader {
  private static final Set<String> RADIOGRAPHS =
      Set.of("1.2.840.10008.5.1.4.1.1.1", "1.2.840.10008.5.1.4.1.1.1.1");
  private static final Set<String> CAPTURES =
      Set.of(
          "1.2.840.10008.5.1.4.1.1.7",
          "1.2.840.10008.5.1.4.1.1.7.2",
          "1.2.840.10008.5.1.4.1.1.7.3");
  private static final Set<String> RADIOGRAPHY = Set.of("CR", "DX", "RG");
  private static final Set<String> CAPTURED = Set.of("", "OT", "SC");
  private static final Set<String> CHEST =
      Set.of("CHEST", "THORAX", "LUNG", "LUNGS", "HEART", "RIB", "RIBS", "TSPINE", "TORAX");
  private static final Pattern VETERINARY =
      Pattern.compile("\\b(canine|feline|equine|veterinar\\w*)\\b", Pattern.CASE_INSENSITIVE);
  private static final double COLOURED = 0.04;

  private RadiographReader() {}

  static boolean reads(String sopClass) {
    return RADIOGRAPHS.contains(sopClass) || CAPTURES.contains(sopClass);
  }

  /**
   * @throws PrecordiaException UNSUPPORTED_MODALITY if it is no human chest radiograph for
   *     presentation, or what {@link PixelReader} throws
   */
  static Pixels read(DicomObject object) {
    check(object);
    PixelFrame frame = PixelFrame.of(object);
    if (frame.samples() == 3) {
      return colour(object, frame);
    }
    if (!frame.photometric().equals("MONOCHROME1") && !frame.photometric().equals("MONOCHROME2")) {
      throw unsupported("a radiograph is MONOCHROME1 or MONOCHROME2");
    }
    return GreyRendering.render(raw(object, frame));
  }

  static RawImage raw(DicomObject object, PixelFrame frame) {
    Attributes d = object.data();
    ModalityTransform modality = GreyTransforms.modality(d, frame.signed());
    boolean signed =
        modality instanceof ModalityTransform.Rescale r && (frame.signed() || r.intercept() < 0);
    Voi voi = GreyTransforms.voi(d, signed);
    return new RawImage(
        frame.columns(),
        frame.rows(),
        PixelReader.read(object, frame),
        modality,
        voi,
        GreyTransforms.inverted(object),
        GreyTransforms.padding(d, frame));
  }

  private static void check(DicomObject object) {
    String modality = object.modality().toUpperCase(Locale.ROOT);
    String part = object.text(Tag.BodyPartExamined).toUpperCase(Locale.ROOT).replace(" ", "");
    boolean chest = CHEST.stream().anyMatch(part::contains);
    if (CAPTURES.contains(object.sopClass()) && !RADIOGRAPHY.contains(modality)) {
      if (!CAPTURED.contains(modality) || !(chest || saysChest(object))) {
        throw unsupported("the secondary capture does not say that it is a chest radiograph");
      }
    }
    if (object.text(Tag.PresentationIntentType).equals("FOR PROCESSING")) {
      throw unsupported("the image is for processing; send the one for presentation");
    }
    if (animal(object)) {
      throw unsupported("the patient is an animal");
    }
    if (!part.isEmpty() && !chest) {
      throw unsupported("the body part examined is not the chest");
    }
  }

  /** By the stated species, or by the words of veterinary workstations. */
  private static boolean animal(DicomObject object) {
    Attributes code = object.data().getNestedDataset(Tag.PatientSpeciesCodeSequence);
    String species =
        (object.text(Tag.PatientSpeciesDescription)
                + (code == null ? "" : DicomObject.text(code, Tag.CodeMeaning)))
            .toUpperCase(Locale.ROOT);
    if (!species.isEmpty()) {
      return !species.contains("HOMO SAPIENS") && !species.contains("HUMAN");
    }
    return VETERINARY
        .matcher(
            object.text(Tag.AcquisitionDeviceProcessingDescription)
                + ' '
                + object.text(Tag.ProtocolName)
                + ' '
                + object.text(Tag.InstitutionName))
        .find();
  }

  private static boolean saysChest(DicomObject object) {
    String said =
        (object.text(Tag.StudyDescription) + ' ' + object.text(Tag.SeriesDescription))
            .toUpperCase(Locale.ROOT);
    return said.contains("CHEST") || said.contains("THORAX") || said.contains("CXR");
  }

  /** A grey picture stored in colour, as screen captures are. */
  private static Pixels colour(DicomObject object, PixelFrame f) {
    int[] planes = PixelReader.read(object, f);
    int n = f.pixels();
    double full = (1L << f.bitsStored()) - 1;
    float[] grey = new float[n];
    double apart = 0;
    boolean rgb = !PixelReader.photometric(object, f).startsWith("YBR_FULL");
    for (int i = 0; i < n; i++) {
      int r = planes[i];
      int g = planes[n + i];
      int b = planes[2 * n + i];
      double middle = (full + 1) / 2;
      apart +=
          rgb
              ? Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b))
              : Math.abs(g - middle) + Math.abs(b - middle);
      grey[i] = (float) Math.clamp((rgb ? ((double) r + g + b) / 3 : r) / full, 0, 1);
    }
    if (apart / n / full > COLOURED) {
      throw unsupported("a colour picture is no radiograph");
    }
    return new Pixels(f.columns(), f.rows(), grey);
  }

  private static PrecordiaException unsupported(String why) {
    return new PrecordiaException(ErrorCode.UNSUPPORTED_MODALITY, why);
  }
}
