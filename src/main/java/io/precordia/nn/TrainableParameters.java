package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.ParameterBlock;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Weights on the device for training. Each group of trainable parameters is one {@link
 * ParameterBlock}; frozen parameters and running statistics are plain tensors. Not thread-safe.
 *
 * <p>Per step: open a recording, call {@link #refresh()}, run the forward pass with this object as
 * its {@link Parameters}, run backward, close the recording, let the optimiser update the blocks.
 * For evaluation call {@link #refresh()} outside a recording first. Create it outside any
 * short-lived scope; the views that {@link #refresh()} makes belong to the scope that is open then.
 */
public final class TrainableParameters implements Parameters, AutoCloseable {
  private final DifferentiableOps ops;
  private final List<ParameterSpec> order;
  private final Map<String, Tensor> fixed = new HashMap<>();
  private final Map<String, List<ParameterSpec>> members = new LinkedHashMap<>();
  private final Map<String, ParameterBlock> blocks = new LinkedHashMap<>();
  private final Map<String, Tensor> views = new HashMap<>();

  /**
   * @param group name of the group that a parameter trains in, null to freeze it; never asked for
   *     buffers
   */
  public TrainableParameters(
      DifferentiableOps ops, ParameterSet set, Function<ParameterSpec, @Nullable String> group) {
    this.ops = ops;
    this.order = set.specs();
    for (ParameterSpec spec : order) {
      @Nullable String name = spec.role() == ParameterSpec.Role.BUFFER ? null : group.apply(spec);
      if (name == null) {
        fixed.put(spec.name(), ops.upload(set.values(spec.name()), spec.shape()));
      } else {
        members.computeIfAbsent(name, k -> new ArrayList<>()).add(spec);
      }
    }
    members.forEach((name, specs) -> blocks.put(name, ops.parameters(flat(set, specs))));
  }

  /**
   * Takes fresh views of all trainable parameters: with gradient while recording, as constants
   * otherwise.
   */
  public void refresh() {
    views.clear();
    members.forEach(
        (name, specs) -> {
          List<Tensor> cut = block(name).views(specs.stream().map(ParameterSpec::shape).toList());
          for (int i = 0; i < cut.size(); i++) {
            views.put(specs.get(i).name(), cut.get(i));
          }
        });
  }

  @Override
  public Tensor get(String name) {
    Tensor tensor = fixed.get(name);
    if (tensor == null) {
      tensor = views.get(name);
    }
    if (tensor == null) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "no parameter " + name + ", or refresh() was not called");
    }
    return tensor;
  }

  /** Group names in order of first appearance. */
  public List<String> groups() {
    return List.copyOf(blocks.keySet());
  }

  /** The vector of one group. */
  public ParameterBlock block(String group) {
    ParameterBlock block = blocks.get(group);
    if (block == null) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "no parameter group " + group);
    }
    return block;
  }

  /** Number of trainable scalars. */
  public long trainableCount() {
    return blocks.values().stream().mapToLong(ParameterBlock::size).sum();
  }

  /** Current values of everything, running statistics included. */
  public ParameterSet snapshot() {
    Map<String, float[]> found = new HashMap<>();
    members.forEach(
        (name, specs) -> {
          float[] all = block(name).read();
          int from = 0;
          for (ParameterSpec spec : specs) {
            found.put(spec.name(), Arrays.copyOfRange(all, from, from + spec.count()));
            from += spec.count();
          }
        });
    ParameterSet out = new ParameterSet();
    for (ParameterSpec spec : order) {
      float @Nullable [] values = found.get(spec.name());
      out.put(spec, values == null ? ops.download(get(spec.name())) : values);
    }
    return out;
  }

  /**
   * Overwrites all values, frozen ones and running statistics included, by those of {@code set}.
   */
  public void restore(ParameterSet set) {
    members.forEach((name, specs) -> block(name).write(flat(set, specs)));
    try (var scope = ops.scope()) {
      for (Map.Entry<String, Tensor> entry : fixed.entrySet()) {
        ParameterSpec spec = set.spec(entry.getKey());
        ops.blend(entry.getValue(), ops.upload(set.values(spec.name()), spec.shape()), 1);
      }
    }
  }

  private static float[] flat(ParameterSet set, List<ParameterSpec> specs) {
    float[] out = new float[specs.stream().mapToInt(ParameterSpec::count).sum()];
    int at = 0;
    for (ParameterSpec spec : specs) {
      System.arraycopy(set.values(spec.name()), 0, out, at, spec.count());
      at += spec.count();
    }
    return out;
  }

  @Override
  public void close() {
    blocks.values().forEach(ParameterBlock::close);
  }
}
