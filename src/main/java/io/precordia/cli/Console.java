package io.precordia.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintStream;

/** Where a command writes: results to {@code out}, everything else to {@code err}. */
record Console(PrintStream out, PrintStream err) {
  /** Prints one JSON object on standard output. */
  void json(Object value) {
    try {
      out.println(Json.MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result has no JSON form", e);
    }
  }
}
