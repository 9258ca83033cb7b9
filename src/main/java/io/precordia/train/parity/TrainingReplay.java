package io.precordia.train.parity;

import io.precordia.model.parity.Golden;
import io.precordia.model.parity.Replay;
import io.precordia.model.parity.Replayed;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.ParameterBlock;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.train.optim.AdamW;
import io.precordia.train.optim.AdamWConfig;
import io.precordia.train.optim.InfoNce;
import io.precordia.train.optim.ParameterGroups;
import io.precordia.train.optim.Schedule;
import io.precordia.weights.HostArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Symmetric InfoNCE at temperature 0.07 with its gradients, and AdamW steps (rate 1e-2 to 1e-4,
 * betas 0.9 and 0.98, decay 0.1) for the loss Σ(wA)² under cosine warm restarts of period 4. The
 * folder holds its inputs among its outputs; they are echoed.
 */
public final class TrainingReplay implements Replay {
  private static final List<String> INPUTS = List.of("image", "text", "adamw_w0", "adamw_A");
  private static final double TEMPERATURE = 0.07;

  @Override
  public boolean replays(Golden golden) {
    return golden.model().isEmpty() && golden.wanted().containsAll(INPUTS);
  }

  @Override
  public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    Map<String, Replayed> out = new HashMap<>();
    INPUTS.forEach(name -> out.put(name, Replayed.of(golden.real(name))));
    contrast(golden, ops, out);
    steps(golden, ops, out);
    return out;
  }

  /** The rows come normalised and the gradient is not projected, so the loss takes them as is. */
  private static void contrast(Golden golden, DifferentiableOps ops, Map<String, Replayed> out) {
    HostArray image = golden.real("image");
    HostArray text = golden.real("text");
    try (ParameterBlock a = ops.parameters(image.values());
        ParameterBlock b = ops.parameters(text.values())) {
      try (Recording recording = ops.record()) {
        Tensor cosine =
            ops.matmul(
                a.views(List.of(image.shape())).getFirst(),
                b.views(List.of(text.shape())).getFirst(),
                true);
        Tensor loss =
            new InfoNce(ops, ops.full(Math.log(TEMPERATURE), 1)).ofSimilarity(cosine, null);
        ops.backward(loss);
        out.put("clip_loss", Replayed.of(ops, ops.reshape(loss, 1)));
      }
      gradient(out, "clip_grad_image", a, image.shape());
      gradient(out, "clip_grad_text", b, text.shape());
    }
  }

  private static void gradient(
      Map<String, Replayed> out, String name, ParameterBlock block, long[] shape) {
    float[] values = block.readGradient();
    if (values != null) {
      out.put(name, Replayed.of(new HostArray(shape, values)));
    }
  }

  private static void steps(Golden golden, DifferentiableOps ops, Map<String, Replayed> out) {
    HostArray start = golden.real("adamw_w0");
    HostArray matrix = golden.real("adamw_A");
    ParameterSet initial = new ParameterSet();
    initial.put(
        new ParameterSpec("w", start.shape(), ParameterSpec.Role.WEIGHT, Initializer.ZEROS),
        start.values());
    ParameterGroups groups =
        new ParameterGroups(spec -> "all", Map.of("all", new ParameterGroups.Options(0.1, 1)));
    Schedule schedule = new Schedule.CosineRestarts(1e-2, 1e-4, 4, 1);
    try (TrainableParameters weights = new TrainableParameters(ops, initial, groups.assignment())) {
      AdamW optimizer = new AdamW(ops, weights, groups, new AdamWConfig(0.9, 0.98, 1e-8, 0));
      for (int i = 0; golden.wanted().contains("adamw_w" + (i + 1)); i++) {
        double rate = schedule.rate(i);
        out.put(
            "adamw_lr" + i, Replayed.of(new HostArray(new long[] {1}, new float[] {(float) rate})));
        try (Scope scope = ops.scope()) {
          try (Recording recording = ops.record()) {
            weights.refresh();
            Tensor y =
                ops.matmul(weights.get("w"), ops.upload(matrix.values(), matrix.shape()), false);
            ops.backward(ops.affine(ops.meanAll(ops.multiply(y, y)), y.elements(), 0));
          }
          optimizer.step(rate);
        }
        out.put(
            "adamw_w" + (i + 1),
            Replayed.of(new HostArray(start.shape(), weights.snapshot().values("w"))));
      }
    }
  }
}
