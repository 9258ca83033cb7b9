package io.precordia.ingest;

import io.precordia.model.Encoder;

/** Where ingest gets the encoder of the moment: it may be exchanged while the service runs. */
public interface EncoderSource {
  /** The encoder of the moment, kept open until the use is closed. */
  Use use();

  /** A use of one encoder. */
  interface Use extends AutoCloseable {
    Encoder encoder();

    /** Whether it still is the one whose vectors are searched. */
    boolean current();

    @Override
    void close();
  }

  /** One encoder for ever. */
  static EncoderSource of(Encoder encoder) {
    return () ->
        new Use() {
          @Override
          public Encoder encoder() {
            return encoder;
          }

          @Override
          public boolean current() {
            return true;
          }

          @Override
          public void close() {}
        };
  }
}
