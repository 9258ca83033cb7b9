package io.precordia.cli;

import io.precordia.model.Encoder;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.WarmUp;
import io.precordia.study.Ecg;
import io.precordia.study.Pixels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Time of one item of each modality on the bare encoder. */
final class EmbedBench implements Bench {
  @Override
  public String name() {
    return "embed";
  }

  @Override
  public String about() {
    return "one X-ray, ECG, report at a time on the bare encoder";
  }

  @Override
  public Map<String, Object> run(BenchOptions options) {
    try (Encoder encoder = ModelFolder.open(LocalConfig.load(null, options.model()).model())) {
      WarmUp.run(encoder);
      List<Pixels> xray = List.of(WarmUp.xray());
      List<Ecg> ecg = List.of(WarmUp.ecg());
      List<String> text =
          List.of("Small left pleural effusion. The heart is enlarged. No pneumothorax.");
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("model", encoder.ref().id());
      measure(figures, "xray", options.rounds(), () -> encoder.embedXrays(xray));
      measure(figures, "ecg", options.rounds(), () -> encoder.embedEcgs(ecg));
      measure(figures, "report", options.rounds(), () -> encoder.embedTexts(text));
      return figures;
    }
  }

  private static void measure(Map<String, Object> figures, String name, int rounds, Runnable pass) {
    for (int i = 0; i < Math.max(5, rounds / 10); i++) {
      pass.run();
    }
    Latencies latencies = new Latencies(rounds);
    for (int i = 0; i < rounds; i++) {
      long begun = System.nanoTime();
      pass.run();
      latencies.add(System.nanoTime() - begun);
    }
    figures.put(name + "_ms_median", latencies.median());
    figures.put(name + "_ms_p95", latencies.quantile(0.95));
  }
}
