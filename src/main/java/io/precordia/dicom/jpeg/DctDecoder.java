package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequential DCT with Huffman codes, 8 or 12 bits (ITU-T T.81 processes 1, 2 and 4): interleaved or
 * one component after the other, subsampled or not, restart intervals. Not progressive,
 * hierarchical or arithmetic.
 */
public final class DctDecoder {
  private static final int SIZE = 8;

  private final byte[] stream;
  private final StatedImage image;
  private final MarkerReader markers;
  private final DctTables tables = new DctTables();
  private final List<DctComponent> components = new ArrayList<>();
  private final FrameProgress frame;
  private int interval;
  private boolean chrominance;

  private DctDecoder(byte[] stream, StatedImage image, boolean chrominance) {
    this.stream = stream;
    this.image = image;
    this.markers = new MarkerReader(stream);
    this.frame = new FrameProgress(image);
    this.chrominance = chrominance;
  }

  /**
   * Samples [components · pixels], plane after plane, without sign; three components as RGB.
   *
   * @param chrominance whether three components are luminance and chrominance, unless the stream
   *     itself says (APP14 "Adobe")
   * @throws PrecordiaException TRUNCATED, or PIXEL_DECODE_FAILED if the stream is damaged, not of
   *     the stated size, or uses what is not decoded here
   */
  public static int[] decode(byte[] stream, StatedImage image, boolean chrominance) {
    return new DctDecoder(stream, image, chrominance).decode();
  }

  private int[] decode() {
    while (!frame.complete()) {
      int marker = markers.next();
      switch (marker) {
        case Marker.SOF0, Marker.SOF1 -> begin();
        case Marker.DQT -> tables.quantization(markers.parameters());
        case Marker.DHT -> tables.huffman(markers.parameters());
        case Marker.DRI -> interval = RestartInterval.read(markers.parameters());
        case Marker.APP14 -> adobe(markers.parameters());
        case Marker.SOS -> scan();
        case Marker.EOI ->
            throw Faults.damaged("the compressed image ends before all components came");
        default -> {
          if (Marker.startOfFrame(marker) || marker == Marker.DAC) {
            throw Faults.damaged("the compressed image is of a process without decoder");
          }
          markers.skip(marker);
        }
      }
    }
    return planes();
  }

  private void begin() {
    FrameHeader header = frame.begin(markers.parameters());
    if (header.precision() != 8 && header.precision() != 12) {
      throw Faults.damaged("samples of a DCT process have 8 or 12 bits");
    }
    for (FrameHeader.Component component : header.components()) {
      components.add(new DctComponent(header, component, across(header), down(header)));
    }
  }

  private static int across(FrameHeader header) {
    return Math.ceilDiv(header.samplesPerLine(), SIZE * header.horizontal());
  }

  private static int down(FrameHeader header) {
    return Math.ceilDiv(header.lines(), SIZE * header.vertical());
  }

  /** The transform flag of the segment "Adobe" (ITU-T T.872 6.5.3). */
  private void adobe(MarkerParameters in) {
    if (in.remaining() < 12) {
      return;
    }
    for (char letter : "Adobe".toCharArray()) {
      if (in.u8() != letter) {
        return;
      }
    }
    for (int i = 0; i < 3; i++) {
      in.u16(); // version and flags
    }
    chrominance = in.u8() != 0;
  }

  private void scan() {
    FrameHeader header = frame.header();
    ScanHeader scan = ScanHeader.read(markers.parameters(), header);
    // Spectral selection means nothing here; some encoders leave its end 0 instead of 63.
    int count = scan.components().size();
    DctScan.Part[] parts = new DctScan.Part[count];
    for (int i = 0; i < count; i++) {
      ScanHeader.Selector selector = scan.components().get(i);
      frame.take(selector.index());
      parts[i] = new DctScan.Part(components.get(selector.index()), tables, selector.tables());
    }
    EntropyBits bits = EntropyBits.ofJpeg(stream, markers.position());
    new DctScan(bits, header.precision()).decode(parts, across(header), down(header), interval);
    markers.seek(bits.nextMarker());
  }

  private int[] planes() {
    FrameHeader header = frame.header();
    int[] out = new int[Math.multiplyExact(image.pixels(), image.samples())];
    for (int i = 0; i < components.size(); i++) {
      components.get(i).plane(header, out, i * image.pixels());
    }
    if (chrominance && components.size() == 3) {
      ColourTransform.toRgb(out, image.pixels(), header.precision());
    }
    return out;
  }
}
