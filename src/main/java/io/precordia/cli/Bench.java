package io.precordia.cli;

import java.util.Map;

/** One benchmark. */
interface Bench {
  String name();

  /** What it measures, one line. */
  String about();

  /** Runs it; the figures by name, in the order they are to be shown. */
  Map<String, Object> run(BenchOptions options) throws Exception;
}
