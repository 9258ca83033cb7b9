package io.precordia.study;

/** Decoded content that an encoder takes. */
public sealed interface Content permits Pixels, Ecg, Report {
  Modality modality();
}
