package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * A Grayscale Softcopy Presentation State (PS3.3 A.33.1) applied to the image that it refers to
 * first: modality LUT, VOI, presentation LUT shape, overlays and graphics. Text is not drawn. Not
 * thread-safe.
 */
public final class PresentationState {
  /** SOP Class UID. */
  public static final String GSPS = "1.2.840.10008.5.1.4.1.1.11.1";

  private static final int[] GREY_PIPELINE = {
    Tag.ModalityLUTSequence,
    Tag.RescaleIntercept,
    Tag.RescaleSlope,
    Tag.RescaleType,
    Tag.VOILUTSequence,
    Tag.WindowCenter,
    Tag.WindowWidth,
    Tag.VOILUTFunction,
    Tag.PresentationLUTShape,
    Tag.PresentationLUTSequence
  };
  private final Attributes state;

  private PresentationState(Attributes state) {
    this.state = state;
  }

  /**
   * Parses a Part 10 file.
   *
   * @throws PrecordiaException TRUNCATED, MALFORMED, DECOMPRESSION_LIMIT
   */
  public static PresentationState parse(byte[] file) {
    return new PresentationState(DicomObject.parse(file).data());
  }

  /** SOP Instance UID of the first image that the state is for. */
  public Optional<String> image() {
    @Nullable Attributes series = state.getNestedDataset(Tag.ReferencedSeriesSequence);
    @Nullable Attributes image =
        series == null ? null : series.getNestedDataset(Tag.ReferencedImageSequence);
    return image == null
        ? Optional.empty()
        : Optional.of(DicomObject.text(image, Tag.ReferencedSOPInstanceUID))
            .filter(uid -> !uid.isEmpty());
  }

  /**
   * A frame of the image as the state shows it.
   *
   * @param file Part 10 file of the image
   * @param frame number from 1
   * @throws PrecordiaException UNSUPPORTED_MODALITY for what states may ask and is not done here:
   *     rotation, flip, shutters, presentation LUT data, magnified areas; as {@link
   *     StoredObject#picture} too
   */
  public BufferedImage show(byte[] file, int frame) {
    refuseOthers();
    DicomObject image = DicomObject.parse(file);
    Attributes shown = new Attributes(image.data());
    for (int tag : GREY_PIPELINE) {
      shown.remove(tag);
    }
    String uid = DicomObject.text(shown, Tag.SOPInstanceUID);
    shown.addSelected(
        state,
        Tag.RescaleIntercept,
        Tag.RescaleSlope,
        Tag.PresentationLUTShape,
        Tag.ModalityLUTSequence);
    voi(shown, uid);
    // the state says what is white: its output are P-Values whatever the image calls itself
    shown.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    for (int group = 0; group < 32; group += 2) {
      if (!state.containsValue(Tag.OverlayActivationLayer | group << 16)) {
        shown.remove(Tag.OverlayData | group << 16);
      }
    }
    BufferedImage picture =
        StoredObject.of(new DicomObject(shown, image.transferSyntax(), image.mediaClass()))
            .picture(frame, null);
    OverlayPlanes.draw(picture, state, frame);
    GraphicAnnotations.draw(picture, state, uid);
    return picture;
  }

  private void voi(Attributes shown, String uid) {
    Sequence all = state.getSequence(Tag.SoftcopyVOILUTSequence);
    if (all != null) {
      all.stream()
          .filter(item -> isFor(item, uid))
          .findFirst()
          .ifPresent(
              item ->
                  shown.addSelected(
                      item,
                      Tag.WindowCenter,
                      Tag.WindowWidth,
                      Tag.VOILUTFunction,
                      Tag.VOILUTSequence));
    }
  }

  /** Whether an item counts for an image: it names it, or none (PS3.3 C.11.8, C.10.5). */
  static boolean isFor(Attributes item, String uid) {
    Sequence images = item.getSequence(Tag.ReferencedImageSequence);
    return images == null
        || images.isEmpty()
        || images.stream()
            .anyMatch(i -> DicomObject.text(i, Tag.ReferencedSOPInstanceUID).equals(uid));
  }

  private void refuseOthers() {
    @Nullable Attributes area = state.getNestedDataset(Tag.DisplayedAreaSelectionSequence);
    if (state.containsValue(Tag.ShutterShape)
        || state.containsValue(Tag.PresentationLUTSequence)
        || state.getInt(Tag.ImageRotation, 0) != 0
        || DicomObject.text(state, Tag.ImageHorizontalFlip).equals("Y")
        || (area != null && DicomObject.text(area, Tag.PresentationSizeMode).equals("MAGNIFY"))) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_MODALITY,
          "the presentation state rotates, flips, magnifies, masks or has a presentation LUT, which is not rendered here");
    }
  }
}
