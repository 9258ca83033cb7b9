package io.precordia.train.sim.ecg;

/** A heart vector in mV: x to the patient's left, y to the feet, z to the back. */
record Vector3(double x, double y, double z) {
  Vector3 times(double k) {
    return new Vector3(k * x, k * y, k * z);
  }

  Vector3 plus(Vector3 o) {
    return new Vector3(x + o.x, y + o.y, z + o.z);
  }

  /**
   * Turned in the frontal plane by a small angle given by its sine and cosine; positive turns the
   * axis downwards.
   */
  Vector3 frontal(double cos, double sin) {
    return new Vector3(cos * x - sin * y, sin * x + cos * y, z);
  }
}
