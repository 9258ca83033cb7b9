package io.precordia.cli;

import io.precordia.model.Encoder;
import io.precordia.serve.EmbeddingGate;
import io.precordia.serve.GateLimits;
import io.precordia.serve.GateListener;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.WarmUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Whether long and short reports hold each other up: eight clients with a short one and eight with
 * a long one behind one gate, each kind alone and both together.
 */
final class LengthsBench implements Bench {
  private static final int CLIENTS = 8;
  private static final int MOST = 200_000;
  private static final String SHORT = "No acute cardiopulmonary abnormality.";
  private static final String LONG =
      "Small left pleural effusion. The heart is enlarged. No pneumothorax. ".repeat(20);

  @Override
  public String name() {
    return "lengths";
  }

  @Override
  public String about() {
    return "8 clients with short and 8 with long reports, alone and together, behind the gate";
  }

  @Override
  public Map<String, Object> run(BenchOptions options) throws Exception {
    Encoder encoder = ModelFolder.open(LocalConfig.load(null, options.model()).model());
    try (EmbeddingGate gate = new EmbeddingGate(encoder, GateLimits.DEFAULT, GateListener.NONE)) {
      WarmUp.run(gate);
      long nanos = options.rounds() * 50_000_000L;
      both(gate, nanos / 4);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("model", encoder.ref().id());
      figures.put("seconds_per_row", nanos / 1e9);
      MarkdownTable table =
          new MarkdownTable("8 clients with", "per second", "p50 ms", "p95 ms", "p99 ms");
      row(table, "short reports alone", load(gate, SHORT, nanos).call(), nanos);
      row(table, "long reports alone", load(gate, LONG, nanos).call(), nanos);
      List<Latencies> together = both(gate, nanos);
      row(table, "short reports beside 8 with long ones", together.getFirst(), nanos);
      row(table, "long reports beside 8 with short ones", together.getLast(), nanos);
      figures.put("lengths", table);
      return figures;
    }
  }

  private static List<Latencies> both(Encoder gate, long nanos)
      throws ExecutionException, InterruptedException {
    try (ExecutorService kinds = Executors.newFixedThreadPool(2)) {
      Future<Latencies> few = kinds.submit(load(gate, SHORT, nanos));
      Future<Latencies> many = kinds.submit(load(gate, LONG, nanos));
      return List.of(few.get(), many.get());
    }
  }

  /** Asks over and over until the time is over. */
  private static Callable<Latencies> load(Encoder gate, String text, long nanos) {
    return () -> {
      long end = System.nanoTime() + nanos;
      List<Future<List<Long>>> clients = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(
              threads.submit(
                  () ->
                      Stream.generate(() -> ask(gate, text))
                          .takeWhile(took -> System.nanoTime() < end)
                          .toList()));
        }
      }
      Latencies all = new Latencies(MOST);
      for (Future<List<Long>> client : clients) {
        client.get().forEach(all::add);
      }
      return all;
    };
  }

  private static long ask(Encoder gate, String text) {
    long begun = System.nanoTime();
    gate.embedTexts(List.of(text));
    return System.nanoTime() - begun;
  }

  private static void row(MarkdownTable table, String name, Latencies latencies, long nanos) {
    table.add(
        name,
        1e9 * latencies.count() / nanos,
        latencies.median(),
        latencies.quantile(0.95),
        latencies.quantile(0.99));
  }
}
