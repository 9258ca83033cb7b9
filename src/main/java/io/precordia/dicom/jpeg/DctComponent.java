package io.precordia.dicom.jpeg;

/**
 * The samples of a component while its blocks come in, padded to whole minimum coded units. For one
 * thread.
 */
final class DctComponent {
  private static final int SIZE = 8;
  private final FrameHeader.Component header;

  /** Blocks that hold samples of the image, for scans of this component alone (T.81 A.2.2). */
  private final int blocksAcross;

  private final int blocksDown;
  private final int stride;
  private final int[] samples;

  DctComponent(FrameHeader frame, FrameHeader.Component header, int unitsAcross, int unitsDown) {
    this.header = header;
    this.blocksAcross = blocks(frame.samplesPerLine(), header.horizontal(), frame.horizontal());
    this.blocksDown = blocks(frame.lines(), header.vertical(), frame.vertical());
    this.stride = Math.multiplyExact(unitsAcross * header.horizontal(), SIZE);
    this.samples = new int[Math.multiplyExact(stride, unitsDown * header.vertical() * SIZE)];
  }

  private static int blocks(int size, int factor, int largest) {
    return Math.ceilDiv(Math.ceilDiv(size * factor, largest), SIZE);
  }

  FrameHeader.Component header() {
    return header;
  }

  int blocksAcross() {
    return blocksAcross;
  }

  int blocksDown() {
    return blocksDown;
  }

  int stride() {
    return stride;
  }

  int[] samples() {
    return samples;
  }

  /** Index of the first sample of a block. */
  int at(int blockX, int blockY) {
    return blockY * SIZE * stride + blockX * SIZE;
  }

  /** Writes the plane in full size; samples of a subsampled component are repeated. */
  void plane(FrameHeader frame, int[] out, int from) {
    int h = frame.horizontal();
    int v = frame.vertical();
    for (int y = 0; y < frame.lines(); y++) {
      int row = y * header.vertical() / v * stride;
      int to = from + y * frame.samplesPerLine();
      if (h == header.horizontal()) {
        System.arraycopy(samples, row, out, to, frame.samplesPerLine());
        continue;
      }
      for (int x = 0; x < frame.samplesPerLine(); x++) {
        out[to + x] = samples[row + x * header.horizontal() / h];
      }
    }
  }
}
