package io.precordia.model;

import io.precordia.model.llm.CausalLm;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.Parameters;
import io.precordia.nn.StoredParameters;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.StoredType;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.StoredArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens a folder in a process of its own, uses the parameters that match a pattern, and prints in
 * octets: their size as fp32, and how far resident memory rose by opening, at the peak, and at the
 * end. Arguments: llm or pair, folder, regular expression.
 */
public final class LazyMemoryMain {
  private LazyMemoryMain() {}

  public static void main(String... args) throws IOException {
    Path folder = Path.of(args[1]);
    try (Ops ops = DjlOps.cpu()) {
      initialise(ops);
      // Resets VmHWM to the resident memory of now, see proc(5).
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      long before = status("VmRSS:");
      StoredParameters stored =
          args[0].equals("llm") ? CausalLm.open(folder).stored() : HubModels.pair(folder).stored();
      Parameters lazy = stored.on(ops);
      long opened = status("VmRSS:");
      long touched = 0;
      for (ParameterSpec spec : stored.specs()) {
        if (spec.name().matches(args[2])) {
          lazy.get(spec.name());
          touched += 4L * spec.count();
        }
      }
      System.out.printf(
          "%d %d %d %d%n",
          touched, opened - before, status("VmHWM:") - before, status("VmRSS:") - before);
    }
  }

  /**
   * One piece by the same operations: libraries and allocators are the process's, not a model's.
   */
  private static void initialise(Ops ops) {
    try (Scope scope = ops.scope()) {
      Tensor flat = ops.full(0, 2L * StoredArray.PIECE);
      ByteBuffer octets = ByteBuffer.allocateDirect(StoredType.BF16.bytes() * StoredArray.PIECE);
      ops.write(flat, 0, 0, ops.uploadWeights(octets, StoredType.BF16, StoredArray.PIECE));
      ops.reshape(flat, 2, StoredArray.PIECE);
    }
  }

  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
