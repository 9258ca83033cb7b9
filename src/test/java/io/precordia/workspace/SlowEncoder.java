package io.precordia.workspace;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@link TestEncoder}, a while for each text and nothing before a gate is open, so that things
 * happen while it works.
 */
final class SlowEncoder implements Encoder {
  private final TestEncoder encoder;
  private final long millis;
  private final CountDownLatch gate;

  SlowEncoder(String digest, long millis, CountDownLatch gate) {
    this.encoder = new TestEncoder(digest);
    this.millis = millis;
    this.gate = gate;
  }

  /** With an open gate, a few milliseconds a text. */
  SlowEncoder(String digest) {
    this(digest, 3, new CountDownLatch(0));
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
      if (!gate.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opens the gate");
      }
      Thread.sleep(millis * texts.size());
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
