package io.precordia.dicom.jpeg;

/** Lengths of runs of equal samples (T.87 A.7.1). For one thread. */
final class RunLengths {
  /** J: binary orders of the lengths, by run index. */
  private static final int[] ORDERS = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };

  private int index;

  /** At the start of a scan and of a restart interval. */
  void initialize() {
    index = 0;
  }

  /** Binary order of the present run index. */
  int order() {
    return ORDERS[index];
  }

  /**
   * @param left samples to the end of the line, 1 or more
   * @return length of the run; if less than what is left, another sample interrupts it
   */
  int read(EntropyBits bits, int left) {
    int run = 0;
    while (bits.read(1) == 1) {
      int whole = 1 << ORDERS[index];
      int part = Math.min(whole, left - run);
      run += part;
      if (part == whole && index < ORDERS.length - 1) {
        index++;
      }
      if (run == left) {
        return run;
      }
    }
    run += bits.read(ORDERS[index]);
    if (run > left) {
      throw Faults.damaged("a run of the compressed image goes beyond its line");
    }
    return run;
  }

  /** After the sample that interrupts a run. */
  void interrupted() {
    if (index > 0) {
      index--;
    }
  }
}
