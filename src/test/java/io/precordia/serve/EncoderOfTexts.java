package io.precordia.serve;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.util.List;

/** The hashing encoder, of which a test changes what happens to texts. */
class EncoderOfTexts implements Encoder {
  private final HashingEncoder inner = new HashingEncoder();

  @Override
  public ModelRef ref() {
    return inner.ref();
  }

  @Override
  public int dimension() {
    return inner.dimension();
  }

  @Override
  public float temperature() {
    return inner.temperature();
  }

  @Override
  public float[][] embedXrays(List<Pixels> images) {
    return inner.embedXrays(images);
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return inner.embedEcgs(windows);
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return inner.embedTexts(texts);
  }

  @Override
  public void close() {
    inner.close();
  }
}
