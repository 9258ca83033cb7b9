package io.precordia.train.adapter;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import io.precordia.train.data.StudySample;

/**
 * A radiograph or a window of an ECG, prepared for the model, with a report of the same study.
 * Patient data: it stays in memory. Arrays are shared between pairs, treat them as read-only.
 *
 * @param subject opaque id of the patient, so that none is on both sides of the split
 * @param modality XRAY or ECG
 * @param xray grey octets [side·side] of a radiograph, else empty
 * @param ecg z-scores times {@value StudySample#ECG_SCALE} [12·samples], lead-major, else empty
 * @param text the report as it is embedded
 */
public record SitePair(String subject, Modality modality, byte[] xray, short[] ecg, String text) {
  private static final byte[] NO_XRAY = {};
  private static final short[] NO_ECG = {};

  public SitePair {
    boolean one = modality == Modality.XRAY ? xray.length > 0 : ecg.length > 0;
    if (modality == Modality.REPORT || !one || text.isBlank()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "a pair is a radiograph or an ECG with a text");
    }
  }

  public static SitePair ofXray(String subject, byte[] octets, String text) {
    return new SitePair(subject, Modality.XRAY, octets, NO_ECG, text);
  }

  public static SitePair ofEcg(String subject, short[] stored, String text) {
    return new SitePair(subject, Modality.ECG, NO_XRAY, stored, text);
  }

  /** Only the kind of evidence: nothing of the patient reaches a log by accident. */
  @Override
  public String toString() {
    return "SitePair[" + modality + "]";
  }
}
