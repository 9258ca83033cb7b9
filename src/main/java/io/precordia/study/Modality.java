package io.precordia.study;

/** The three kinds of evidence that share one embedding space. */
public enum Modality {
  XRAY,
  ECG,
  REPORT;
}
