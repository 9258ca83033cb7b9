package io.precordia.cli;

import io.precordia.api.EngineHolder;
import io.precordia.api.PrecordiaConfig;
import io.precordia.ingest.Part;
import io.precordia.model.Encoder;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.WarmUp;
import io.precordia.study.Pixels;
import io.quarkus.runtime.QuarkusApplication;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.Config;

/**
 * The measuring part of {@link RestBench}, inside the running server. Arguments: rounds, file for
 * the figures.
 */
public final class RestBenchMain implements QuarkusApplication {
  private final EngineHolder holder;
  private final PrecordiaConfig settings;
  private final Config config;

  RestBenchMain(EngineHolder holder, PrecordiaConfig settings, Config config) {
    this.holder = holder;
    this.settings = settings;
    this.config = config;
  }

  @Override
  public int run(String... args) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(args[0]);
    holder.await();
    URI url = URI.create("http://127.0.0.1:" + config.getValue("quarkus.http.port", Integer.class));
    Pixels xray = WarmUp.xray();
    List<Part> file = List.of(new Part("xray.png", png(xray)));
    Latencies bare = new Latencies(rounds);
    Latencies rest = new Latencies(rounds);
    double[] resident = new double[2];
    try (Encoder encoder = ModelFolder.open(settings.model());
        HttpDoor door = new HttpDoor(url)) {
      int warm = Math.max(20, rounds / 4);
      for (int i = -warm; i < rounds; i++) {
        long begun = System.nanoTime();
        encoder.embedXrays(List.of(xray));
        long between = System.nanoTime();
        door.post("/v1/embeddings", Map.of(), file);
        long ended = System.nanoTime();
        if (i == 0 || i == rounds / 2) {
          resident[i == 0 ? 0 : 1] = residentMegabytes();
        }
        if (i >= 0) {
          bare.add(between - begun);
          rest.add(ended - between);
        }
      }
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("model", encoder.ref().id());
      figures.put("rounds", rounds);
      figures.put("bare_ms_median", bare.median());
      figures.put("rest_ms_median", rest.median());
      figures.put("bare_ms_p95", bare.quantile(0.95));
      figures.put("rest_ms_p95", rest.quantile(0.95));
      figures.put("ratio_of_medians", rest.median() / bare.median());
      figures.put("resident_mb_start", resident[0]);
      figures.put("resident_mb_half_way", resident[1]);
      figures.put("resident_mb_end", residentMegabytes());
      Json.MAPPER.writeValue(Path.of(args[1]).toFile(), figures);
    }
    return 0;
  }

  /** Resident memory of this process as Linux counts it; NaN elsewhere. */
  private static double residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static byte[] png(Pixels xray) throws IOException {
    BufferedImage image =
        new BufferedImage(xray.width(), xray.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < xray.values().length; i++) {
      image
          .getRaster()
          .setSample(i % xray.width(), i / xray.width(), 0, Math.round(255 * xray.values()[i]));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
