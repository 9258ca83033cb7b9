package io.precordia.dicom.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/** The Store Instances Response Module (PS3.18 Annex I.2). For one thread. */
public final class StowAnswer {
  /** Out of resources. */
  public static final int OUT_OF_RESOURCES = 0xA700;

  /** Data set does not match SOP class, or lacks what identifies it. */
  public static final int DOES_NOT_MATCH = 0xA900;

  /** Cannot understand. */
  public static final int CANNOT_UNDERSTAND = 0xC000;

  /** Processing failure (PS3.7 C.5.15). */
  public static final int PROCESSING_FAILURE = 0x0110;

  /** Duplicate SOP Instance (PS3.7 C.5.7). */
  public static final int DUPLICATE = 0x0111;

  private final String studies;
  private final Attributes answer = new Attributes();
  private int stored;
  private int failed;
  private boolean allTransient = true;

  /**
   * @param studies URL of the studies resource
   */
  public StowAnswer(String studies) {
    this.studies = studies;
  }

  /** Notes an object that is kept. */
  public void stored(String sopClass, String sopInstance, String study, String series) {
    stored++;
    Attributes item = item(Tag.ReferencedSOPSequence);
    reference(item, sopClass, sopInstance);
    item.setString(
        Tag.RetrieveURL,
        VR.UR,
        studies + "/" + study + "/series/" + series + "/instances/" + sopInstance);
    answer.setString(Tag.RetrieveURL, VR.UR, studies + "/" + study);
  }

  /** Notes an object that is not kept, or not under its identifier. */
  public void failed(String sopClass, String sopInstance, int reason) {
    failed++;
    allTransient &= reason == OUT_OF_RESOURCES;
    Attributes item = item(Tag.FailedSOPSequence);
    reference(item, sopClass, sopInstance);
    item.setInt(Tag.FailureReason, VR.US, reason);
  }

  /** Notes a part that is no object that can be named (Other Failures Sequence). */
  public void unreadable(int reason) {
    failed++;
    allTransient &= reason == OUT_OF_RESOURCES;
    item(OTHER_FAILURES).setInt(Tag.FailureReason, VR.US, reason);
  }

  private static final int OTHER_FAILURES = 0x0008119a;

  /** 200 all kept, 202 some kept, 409 none kept, 503 none kept but it may be sent again. */
  public int status() {
    return failed == 0 ? 200 : stored > 0 ? 202 : allTransient ? 503 : 409;
  }

  /** Number of objects and parts noted. */
  public int size() {
    return stored + failed;
  }

  /** In the DICOM JSON Model: one data set, without an array around it. */
  public byte[] json() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (DicomJson json = new DicomJson(out)) {
        json.add(answer);
      }
      byte[] array = out.toByteArray();
      return java.util.Arrays.copyOfRange(array, 1, array.length - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the Native DICOM Model. */
  public byte[] xml() {
    return DicomXml.write(answer);
  }

  private Attributes item(int sequence) {
    Sequence items = answer.ensureSequence(sequence, 4);
    Attributes item = new Attributes();
    items.add(item);
    return item;
  }

  private static void reference(Attributes item, String sopClass, String sopInstance) {
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClass);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, sopInstance);
  }
}
