package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.SimRandom;

/**
 * Path lengths per detector pixel, in cm, that painters add to before exposure. Also the detector's
 * geometry: which point of the patient plane each pixel sees, with the slight rotation, shift and
 * magnification of a real positioning.
 */
final class Film {
  final int size;

  /** Width of the field in cm. */
  final double field;

  /** cm per pixel. */
  final double pitch;

  final float[] body;

  /** Cavity thickness that lung could fill (heart and mediastinum already taken away). */
  final float[] room;

  /** Aerated lung. */
  final float[] lung;

  /** Free gas: pneumothorax, trachea, stomach. */
  final float[] gas;

  /** Soft tissue within lung: vessels, lines of septa. */
  final float[] vessel;

  final float[] bone;
  final float[] metal;
  private final double cos;
  private final double sin;
  private final double shiftX;
  private final double shiftY;

  Film(ChestState state, int size) {
    this.size = size;
    SimRandom r = state.random("position");
    field = r.around(35.3, 2.5);
    pitch = field / size;
    double angle = r.around(0, 0.022);
    cos = StrictMath.cos(angle);
    sin = StrictMath.sin(angle);
    shiftX = r.around(0, 0.7);
    shiftY = r.around(-0.2, 1.0);
    int n = size * size;
    body = new float[n];
    room = new float[n];
    lung = new float[n];
    gas = new float[n];
    vessel = new float[n];
    bone = new float[n];
    metal = new float[n];
  }

  /** Patient x of a pixel. */
  double x(int column, int row) {
    double u = (column + 0.5) * pitch - field / 2;
    double v = (row + 0.5) * pitch - field / 2;
    return cos * u - sin * v + shiftX;
  }

  /** Patient y of a pixel. */
  double y(int column, int row) {
    double u = (column + 0.5) * pitch - field / 2;
    double v = (row + 0.5) * pitch - field / 2;
    return sin * u + cos * v + field / 2 + shiftY;
  }

  /** Column coordinate (pixels, may lie outside) of a patient point. */
  double column(double x, double y) {
    double px = x - shiftX;
    double py = y - field / 2 - shiftY;
    return (cos * px + sin * py + field / 2) / pitch - 0.5;
  }

  /** Row coordinate of a patient point. */
  double row(double x, double y) {
    double px = x - shiftX;
    double py = y - field / 2 - shiftY;
    return (-sin * px + cos * py + field / 2) / pitch - 0.5;
  }
}
