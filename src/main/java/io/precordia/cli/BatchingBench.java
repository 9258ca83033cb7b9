package io.precordia.cli;

import io.precordia.model.Encoder;
import io.precordia.serve.EmbeddingGate;
import io.precordia.serve.GateLimits;
import io.precordia.serve.GateListener;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.WarmUp;
import io.precordia.study.Pixels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * What dynamic batching gives: concurrent clients of one {@link EmbeddingGate} beside the pattern
 * of one predictor per thread, in which every client runs passes of one item on the shared encoder.
 * Rows are named by modality, clients and pattern.
 */
final class BatchingBench implements Bench {
  private static final int[] CLIENTS = {1, 4, 8, 16, 32};

  @Override
  public String name() {
    return "batching";
  }

  @Override
  public String about() {
    return "1 to 32 clients with one item each, behind the gate beside a pass of one per thread";
  }

  @Override
  public Map<String, Object> run(BenchOptions options)
      throws ExecutionException, InterruptedException {
    Encoder encoder = ModelFolder.open(LocalConfig.load(null, options.model()).model());
    Passes passes = new Passes();
    try (EmbeddingGate gate = new EmbeddingGate(encoder, GateLimits.DEFAULT, passes)) {
      WarmUp.run(gate);
      List<String> text =
          List.of("Small left pleural effusion. The heart is enlarged. No pneumothorax.");
      List<Pixels> xray = List.of(WarmUp.xray());
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("model", encoder.ref().id());
      figures.put("processors", Runtime.getRuntime().availableProcessors());
      figures.put("requests_per_row", options.rounds());
      for (int clients : CLIENTS) {
        String name = "report_" + clients;
        figures.put(
            name + "_threads", row(clients, options.rounds(), () -> encoder.embedTexts(text)));
        figures.put(
            name + "_gate", passes.row(clients, options.rounds(), () -> gate.embedTexts(text)));
      }
      for (int clients : CLIENTS) {
        String name = "xray_" + clients;
        figures.put(
            name + "_threads", row(clients, options.rounds(), () -> encoder.embedXrays(xray)));
        figures.put(
            name + "_gate", passes.row(clients, options.rounds(), () -> gate.embedXrays(xray)));
      }
      return figures;
    }
  }

  private static Map<String, Double> row(int clients, int requests, Runnable request)
      throws ExecutionException, InterruptedException {
    ClientLoad.run(clients, Math.min(requests, 2 * clients + 8), request);
    return figures(ClientLoad.run(clients, requests, request));
  }

  private static Map<String, Double> figures(ClientLoad load) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("per_second", tenths(load.perSecond()));
    row.put("ms_p50", tenths(load.latencies().median()));
    row.put("ms_p95", tenths(load.latencies().quantile(0.95)));
    row.put("ms_p99", tenths(load.latencies().quantile(0.99)));
    row.put("core_ms_per_request", tenths(load.processorMillisPerRequest()));
    return row;
  }

  private static double tenths(double value) {
    return Math.round(10 * value) / 10.0;
  }

  /** Counts what the gate runs, so that a row can say how large its passes were. */
  private static final class Passes implements GateListener {
    private final LongAdder items = new LongAdder();
    private final LongAdder passes = new LongAdder();

    @Override
    public void passed(Pass pass) {
      items.add(pass.items());
      passes.increment();
    }

    Map<String, Double> row(int clients, int requests, Runnable request)
        throws ExecutionException, InterruptedException {
      ClientLoad.run(clients, Math.min(requests, 2 * clients + 8), request);
      items.reset();
      passes.reset();
      Map<String, Double> row = figures(ClientLoad.run(clients, requests, request));
      row.put("items_per_pass", tenths(items.sum() / (double) passes.sum()));
      return row;
    }
  }
}
