package io.precordia.workspace;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.util.List;

/** {@link TestEncoder}, a few milliseconds a text, so that things happen while it works. */
final class SlowEncoder implements Encoder {
  private final TestEncoder encoder;

  SlowEncoder(String digest) {
    this.encoder = new TestEncoder(digest);
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
    try {
      Thread.sleep(3L * texts.size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return encoder.embedTexts(texts);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
