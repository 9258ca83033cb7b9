package io.precordia.dicom.result;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of result objects. */
public enum ResultKind {
  /** Measurement report of an image: Comprehensive 3D SR, TID 1500. */
  SR,
  /** Secondary capture: the film with the heat map over it. */
  SC,
  /** Parametric map: the relevance as numbers. */
  PM,
  /** Grayscale softcopy presentation state: outline of the relevant area. */
  GSPS,
  /** Report of an ECG with waveform references: Comprehensive 3D SR. */
  ECG_SR;

  /** As in configuration and REST: sr, sc, pm, gsps, ecg-sr. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of this {@link #id()}. */
  public static Optional<ResultKind> ofId(String id) {
    return Arrays.stream(values()).filter(k -> k.id().equals(id)).findFirst();
  }

  /** Whether it shows where the model looked, so that there is one for each finding. */
  public boolean ofOneFinding() {
    return this == SC || this == PM || this == GSPS;
  }
}
