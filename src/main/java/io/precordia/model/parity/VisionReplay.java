package io.precordia.model.parity;

import io.precordia.model.HubModels;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.ModuleNames;
import io.precordia.model.hub.VisionModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Tensor;
import io.precordia.weights.HostArray;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * States of image encoders: {@code last_hidden_state}, {@code pooler_output}, {@code hidden_i}
 * behind i layers, states of a second image size, and {@code loss} = mean(last_hidden_state²) with
 * its gradients {@code grad.name}, named as modules are in the reference's memory.
 */
public final class VisionReplay implements Replay {
  private static final Set<String> MODELS =
      Set.of(
          "ViTModel",
          "Dinov2Model",
          "Dinov2WithRegistersModel",
          "CLIPVisionModel",
          "SiglipVisionModel");
  private static final String HIDDEN = "hidden_";
  private static final String GRADIENT = "grad.";
  private static final String OTHER_SIZE = "pixel_values_other_size";

  @Override
  public boolean replays(Golden golden) {
    return MODELS.contains(golden.model());
  }

  @Override
  public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    HubModel<VisionModel> opened = HubModels.vision(golden.folder());
    VisionModel model = opened.model();
    Forward f = Forward.evaluation(ops, opened.parameters(ops), Adapters.NONE);
    Map<String, Replayed> out = new HashMap<>();
    Tensor pixels = upload(ops, golden.real("pixel_values"));
    Tensor states = model.states(f, pixels);
    out.put("last_hidden_state", Replayed.of(ops, states));
    out.put("pooler_output", Replayed.of(ops, model.pooledOf(f, states)));
    for (String name : golden.wanted()) {
      if (name.startsWith(HIDDEN)) {
        int layers = Integer.parseInt(name.substring(HIDDEN.length()));
        out.put(name, Replayed.of(ops, model.hidden(f, pixels, layers)));
      }
    }
    if (golden.hasInput(OTHER_SIZE)) {
      out.put(
          "last_hidden_state_other_size",
          Replayed.of(ops, model.states(f, upload(ops, golden.real(OTHER_SIZE)))));
    }
    if (golden.wanted().contains("loss")) {
      gradients(golden, ops, opened, out);
    }
    return out;
  }

  private static Tensor upload(DifferentiableOps ops, HostArray array) {
    return ops.upload(array.values(), array.shape());
  }

  private static void gradients(
      Golden golden,
      DifferentiableOps ops,
      HubModel<VisionModel> opened,
      Map<String, Replayed> out) {
    ModuleNames names = ModuleNames.of(opened.type());
    ParameterSet values = opened.weights();
    // A group per parameter, so that each gradient can be read by itself.
    try (TrainableParameters weights = new TrainableParameters(ops, values, spec -> spec.name())) {
      try (Recording recording = ops.record()) {
        weights.refresh();
        Forward f = Forward.evaluation(ops, weights, Adapters.NONE);
        Tensor y = opened.model().states(f, upload(ops, golden.real("pixel_values")));
        Tensor loss = ops.meanAll(ops.multiply(y, y));
        ops.backward(loss);
        out.put("loss", Replayed.of(ops, ops.reshape(loss, 1)));
      }
      for (String wanted : golden.wanted()) {
        String name =
            wanted.startsWith(GRADIENT) ? names.toFile(wanted.substring(GRADIENT.length())) : "";
        if (opened.stored().contains(name)) {
          float[] gradient = weights.block(name).readGradient();
          if (gradient != null) {
            long[] shape = values.spec(name).shape();
            out.put(wanted, Replayed.of(new HostArray(shape, gradient)));
          }
        }
      }
    }
  }
}
