package io.precordia.ingest;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import io.precordia.workspace.TestEncoder;
import java.util.List;

/**
 * An encoder that fails on texts with a certain word, and with them on their whole batch, as a
 * native one would.
 */
final class MoodyEncoder implements Encoder {
  private final Encoder encoder = new TestEncoder();
  private final String word;

  MoodyEncoder(String word) {
    this.word = word;
  }

  @Override
  public ModelRef ref() {
    return encoder.ref();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public float temperature() {
    return encoder.temperature();
  }

  @Override
  public float[][] embedXrays(List<Pixels> images) {
    return encoder.embedXrays(images);
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return encoder.embedEcgs(windows);
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    if (texts.stream().anyMatch(t -> t.contains(word))) {
      throw new IllegalStateException("native failure");
    }
    return encoder.embedTexts(texts);
  }

  @Override
  public void close() {}
}
