package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;

/**
 * JPEG-LS, lossless and near-lossless (ITU-T T.87 | ISO/IEC 14495-1): 2 to 16 bits, components one
 * after the other or interleaved by line or by sample, preset parameters, restart intervals. Not
 * mapping tables, point transforms and subsampled components, which DICOM does not allow (PS3.5
 * 8.2.3), nor the extensions of T.870.
 */
public final class JpegLsDecoder {
  private static final int PRESET = 1;
  private static final int BY_SAMPLE = 2;

  private final byte[] stream;
  private final StatedImage image;
  private final MarkerReader markers;
  private final FrameProgress frame;
  private CodingParameters.Preset preset = CodingParameters.Preset.DEFAULT;
  private int interval;
  private int[] out = new int[0];

  private JpegLsDecoder(byte[] stream, StatedImage image) {
    this.stream = stream;
    this.image = image;
    this.markers = new MarkerReader(stream);
    this.frame = new FrameProgress(image);
  }

  /**
   * Samples [components · pixels], plane after plane, without sign.
   *
   * @throws PrecordiaException TRUNCATED, or PIXEL_DECODE_FAILED if the stream is damaged, not of
   *     the stated size, or uses what is not decoded here
   */
  public static int[] decode(byte[] stream, StatedImage image) {
    return new JpegLsDecoder(stream, image).decode();
  }

  private int[] decode() {
    while (!frame.complete()) {
      int marker = markers.next();
      switch (marker) {
        case Marker.SOF55 -> begin();
        case Marker.LSE -> preset(markers.parameters());
        case Marker.DRI -> interval = RestartInterval.read(markers.parameters());
        case Marker.APP8 -> refuseColourTransform(markers.parameters());
        case Marker.SOS -> scan();
        case Marker.EOI ->
            throw Faults.damaged("the compressed image ends before all components came");
        default -> {
          if (Marker.startOfFrame(marker)) {
            throw Faults.damaged("the compressed image is of another process than JPEG-LS");
          }
          markers.skip(marker);
        }
      }
    }
    return out;
  }

  private void begin() {
    FrameHeader header = frame.begin(markers.parameters());
    if (header.components().size() > 1
        && header.components().stream()
            .anyMatch(
                c -> c.horizontal() != header.horizontal() || c.vertical() != header.vertical())) {
      throw Faults.damaged("subsampled components have no decoder in JPEG-LS");
    }
    out = new int[Math.multiplyExact(image.pixels(), image.samples())];
  }

  private void preset(MarkerParameters in) {
    if (in.u8() != PRESET) {
      throw Faults.damaged("mapping tables and oversized images have no decoder in JPEG-LS");
    }
    preset = CodingParameters.Preset.read(in);
  }

  /** An extension of one vendor: segment "mrfx" with a transform of RGB other than none. */
  private static void refuseColourTransform(MarkerParameters in) {
    if (in.remaining() >= 5
        && in.u8() == 'm'
        && in.u8() == 'r'
        && in.u8() == 'f'
        && in.u8() == 'x'
        && in.u8() != 0) {
      throw Faults.damaged("colour transforms within JPEG-LS are no part of the standard");
    }
  }

  private void scan() {
    FrameHeader header = frame.header();
    ScanHeader scan = ScanHeader.read(markers.parameters(), header);
    int count = scan.components().size();
    int mode = scan.second();
    if (mode > BY_SAMPLE || (mode == 0 && count > 1) || scan.third() != 0) {
      throw Faults.damaged("the interleave mode or point transform of a scan is unusable");
    }
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      ScanHeader.Selector selector = scan.components().get(i);
      if (selector.tables() != 0) {
        throw Faults.damaged("mapping tables have no decoder in JPEG-LS");
      }
      frame.take(selector.index());
      starts[i] = selector.index() * image.pixels();
    }
    CodingParameters parameters = CodingParameters.of(header.precision(), scan.first(), preset);
    EntropyBits bits = EntropyBits.ofJpegLs(stream, markers.position());
    new JpegLsScan(parameters, bits, count, mode == BY_SAMPLE && count > 1, image.columns())
        .decode(out, starts, image.rows(), interval);
    markers.seek(bits.nextMarker());
  }
}
