package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;
import java.util.Arrays;

/** Decodes one scan of the sequential DCT process (T.81 F.2). For one thread. */
final class DctScan {
  private final EntropyBits bits;
  private final int precision;
  private final InverseDct inverse = new InverseDct();
  private final float[] coefficients = new float[DctTables.BLOCK];

  /** A component with the tables that this scan uses for it. */
  static final class Part {
    private final DctComponent component;
    private final int[] quantization;
    private final HuffmanTable direct;
    private final HuffmanTable alternating;

    /** PRED: the DC value before. */
    private int before;

    Part(DctComponent component, DctTables tables, int selectors) {
      this.component = component;
      this.quantization = tables.quantization(component.header().table()).clone();
      this.direct = tables.direct(selectors >> 4);
      this.alternating = tables.alternating(selectors & 15);
    }
  }

  DctScan(EntropyBits bits, int precision) {
    this.bits = bits;
    this.precision = precision;
  }

  /**
   * Decodes all units of a scan.
   *
   * @param unitsAcross minimum coded units if there are several parts
   * @param interval units of a restart interval, 0 for none
   * @throws PrecordiaException TRUNCATED, PIXEL_DECODE_FAILED
   */
  void decode(Part[] parts, int unitsAcross, int unitsDown, int interval) {
    boolean alone = parts.length == 1;
    int across = alone ? parts[0].component.blocksAcross() : unitsAcross;
    int down = alone ? parts[0].component.blocksDown() : unitsDown;
    int restarts = 0;
    int units = 0;
    for (int y = 0; y < down; y++) {
      for (int x = 0; x < across; x++) {
        if (interval > 0 && units > 0 && units % interval == 0) {
          bits.restart(restarts++ & 7);
          for (Part part : parts) {
            part.before = 0;
          }
        }
        units++;
        if (alone) {
          block(parts[0], x, y);
        } else {
          unit(parts, x, y);
        }
      }
    }
  }

  /** A minimum coded unit of several components (A.2.3). */
  private void unit(Part[] parts, int x, int y) {
    for (Part part : parts) {
      int h = part.component.header().horizontal();
      int v = part.component.header().vertical();
      for (int j = 0; j < v; j++) {
        for (int i = 0; i < h; i++) {
          block(part, x * h + i, y * v + j);
        }
      }
    }
  }

  private void block(Part part, int x, int y) {
    Arrays.fill(coefficients, 0);
    part.before += signed(part.direct.decode(bits));
    coefficients[0] = (float) part.before * part.quantization[0];
    int k = 1;
    while (k < DctTables.BLOCK) {
      int code = part.alternating.decode(bits);
      int zeros = code >> 4;
      int size = code & 15;
      if (size == 0) {
        if (zeros != 15) {
          break; // end of block
        }
        k += 16;
        continue;
      }
      k += zeros;
      if (k >= DctTables.BLOCK) {
        throw Faults.damaged("a block of the compressed image has too many coefficients");
      }
      coefficients[DctTables.place(k)] = (float) signed(size) * part.quantization[k];
      k++;
    }
    DctComponent to = part.component;
    inverse.transform(coefficients, to.samples(), to.at(x, y), to.stride(), precision);
  }

  /** A difference of a size in bits (F.2.2.1, RECEIVE and EXTEND). */
  private int signed(int size) {
    if (size > 16) {
      throw Faults.damaged("a coefficient of the compressed image is out of range");
    }
    int value = bits.read(size);
    return size > 0 && value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }
}
