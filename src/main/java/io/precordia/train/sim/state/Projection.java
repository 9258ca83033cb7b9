package io.precordia.train.sim.state;

/** Frontal projection; the name is the DICOM View Position (0018,5101). */
public enum Projection {
  PA,
  AP
}
