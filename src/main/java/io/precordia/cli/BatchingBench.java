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
import java.util.concurrent.locks.ReentrantLock;

/**
 * What dynamic batching gives. The same clients ask, one item each time, of three servers: a serial
 * one that runs one pass of one item after another in the order of arrival; DJL Serving's pattern
 * of one predictor per thread, in which every client runs its own passes of one item on the shared
 * encoder; and one {@link EmbeddingGate}. "Serial at equal p95" compares the gate with the serial
 * server under the same clients: a serial server's p95 under n clients is about n passes.
 */
final class BatchingBench implements Bench {
  private static final int[] CLIENTS = {1, 4, 8, 16, 32};

  @Override
  public String name() {
    return "batching";
  }

  @Override
  public String about() {
    return "1 to 32 clients with one item each: serial server, one predictor per thread, gate";
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
      Tables tables = new Tables(passes, options.rounds());
      tables.measure("report", () -> encoder.embedTexts(text), () -> gate.embedTexts(text));
      tables.measure("xray", () -> encoder.embedXrays(xray), () -> gate.embedXrays(xray));
      figures.put("all", tables.all);
      figures.put("gate_beside_serial_under_the_same_clients", tables.serial);
      return figures;
    }
  }

  /** The rows of both tables. */
  private static final class Tables {
    private final MarkdownTable all =
        new MarkdownTable(
            "item",
            "clients",
            "server",
            "per second",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "core ms",
            "items per pass");
    private final MarkdownTable serial =
        new MarkdownTable(
            "item",
            "clients",
            "serial per second",
            "serial p95 ms",
            "gate per second",
            "gate p95 ms",
            "throughput ×",
            "p95 ×");
    private final Passes passes;
    private final int requests;

    Tables(Passes passes, int requests) {
      this.passes = passes;
      this.requests = requests;
    }

    void measure(String item, Runnable pass, Runnable gate)
        throws ExecutionException, InterruptedException {
      ReentrantLock line = new ReentrantLock(true);
      for (int clients : CLIENTS) {
        ClientLoad one = load(clients, () -> inTurn(line, pass));
        row(item, clients, "serial", one, 1);
        row(item, clients, "threads", load(clients, pass), 1);
        passes.reset();
        ClientLoad batched = load(clients, gate);
        row(item, clients, "gate", batched, passes.itemsPerPass());
        double slowest = one.latencies().quantile(0.95);
        double ours = batched.latencies().quantile(0.95);
        serial.add(
            item,
            clients,
            one.perSecond(),
            slowest,
            batched.perSecond(),
            ours,
            batched.perSecond() / one.perSecond(),
            ours / slowest);
      }
    }

    private static void inTurn(ReentrantLock line, Runnable pass) {
      line.lock();
      try {
        pass.run();
      } finally {
        line.unlock();
      }
    }

    private ClientLoad load(int clients, Runnable request)
        throws ExecutionException, InterruptedException {
      ClientLoad.run(clients, Math.min(requests, 2 * clients + 8), request);
      passes.reset();
      return ClientLoad.run(clients, requests, request);
    }

    private void row(String item, int clients, String server, ClientLoad load, double perPass) {
      all.add(
          item,
          clients,
          server,
          load.perSecond(),
          load.latencies().median(),
          load.latencies().quantile(0.95),
          load.latencies().quantile(0.99),
          load.processorMillisPerRequest(),
          perPass);
    }
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

    void reset() {
      items.reset();
      passes.reset();
    }

    double itemsPerPass() {
      return items.sum() / (double) Math.max(1, passes.sum());
    }
  }
}
