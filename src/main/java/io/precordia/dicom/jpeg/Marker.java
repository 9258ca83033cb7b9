package io.precordia.dicom.jpeg;

/** Second bytes of the markers used here (T.81 Table B.1, T.87 Table C.1). */
final class Marker {
  /** Baseline DCT. */
  static final int SOF0 = 0xc0;

  /** Extended sequential DCT, Huffman. */
  static final int SOF1 = 0xc1;

  static final int DHT = 0xc4;
  static final int JPG = 0xc8;
  static final int DAC = 0xcc;
  static final int SOF15 = 0xcf;
  static final int RST0 = 0xd0;
  static final int RST7 = 0xd7;
  static final int SOI = 0xd8;
  static final int EOI = 0xd9;
  static final int SOS = 0xda;
  static final int DQT = 0xdb;
  static final int DRI = 0xdd;
  static final int APP8 = 0xe8;
  static final int APP14 = 0xee;

  /** JPEG-LS. */
  static final int SOF55 = 0xf7;

  /** JPEG-LS preset parameters. */
  static final int LSE = 0xf8;

  private static final int TEM = 0x01;

  private Marker() {}

  /** Whether no parameters follow. */
  static boolean alone(int marker) {
    return (marker >= RST0 && marker <= EOI) || marker == TEM;
  }

  /** Whether a frame header follows, of whatever process. */
  static boolean startOfFrame(int marker) {
    return marker == SOF55
        || (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC);
  }
}
