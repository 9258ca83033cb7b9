package io.precordia.train.sim;

import io.precordia.dicom.write.Radiograph;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.xray.XrayImage;

/**
 * Stored 12-bit values of a simulated film: CR and DX by turns, each as MONOCHROME2 and as
 * MONOCHROME1.
 */
final class RadiographExport {
  private static final int MAX = 4095;

  private RadiographExport() {}

  static Radiograph of(ChestState state, XrayImage image) {
    SimRandom r = state.random("storage");
    int black = 300 + r.below(400);
    int range = 2500 + r.below(700);
    long turn = Math.floorMod(state.index(), 4L);
    boolean inverse = turn >= 2;
    short[] stored = new short[image.display().length];
    for (int i = 0; i < stored.length; i++) {
      double v = black + (double) range * image.display()[i];
      int value = (int) Math.max(0, Math.min(MAX, Math.floor(v + 0.5)));
      stored[i] = (short) (inverse ? MAX - value : value);
    }
    // PS3.3 C.11.2.1.2.1: the linear function maps [c - 0.5 - (w-1)/2, c - 0.5 + (w-1)/2] to the
    // whole output range.
    double middle = black + range / 2.0;
    double center = (inverse ? MAX - middle : middle) + 0.5;
    return new Radiograph(
        turn % 2 == 0 ? Radiograph.Kind.COMPUTED : Radiograph.Kind.DIGITAL,
        image.size(),
        image.size(),
        stored,
        12,
        inverse,
        new double[] {center, center},
        new double[] {range + 1.0, range * 0.7},
        new String[] {"NORMAL", "HARD"},
        image.pixelSpacingMm(),
        state.projection().name());
  }
}
