package io.precordia.adapter.router;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import io.precordia.weights.WeightSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * X-LoRA's classifier: linear layers with a ReLU between them, from states [n, tokens, width] to
 * logits [n, tokens, outputs]. The layers are those of the file in the order of the number in their
 * names, as in {@code base_model.internal_xlora_classifier.layers.0.weight}.
 */
public final class XLoraClassifier {
  private static final Pattern NAME = Pattern.compile("(?:.*\\.)?(\\d{1,3}|last)\\.(weight|bias)");
  private final List<Dense> layers;
  private final boolean activated;

  /** One layer. */
  private record Dense(int in, int out, float[] weight, float @Nullable [] bias) {}

  private XLoraClassifier(List<Dense> layers, boolean activated) {
    this.layers = List.copyOf(layers);
    this.activated = activated;
  }

  /**
   * @param outputs what its last layer must give
   * @throws PrecordiaException BAD_WEIGHTS naming the array
   */
  static XLoraClassifier read(WeightSource source, int outputs, boolean activated) {
    Map<Integer, String> weights = new TreeMap<>();
    Map<Integer, String> biases = new TreeMap<>();
    for (String name : source.names()) {
      Matcher m = NAME.matcher(name);
      if (!m.matches()) {
        throw bad(name, "belongs to no layer of a classifier");
      }
      int number = m.group(1).equals("last") ? Integer.MAX_VALUE : Integer.parseInt(m.group(1));
      if ((m.group(2).equals("bias") ? biases : weights).put(number, name) != null) {
        throw bad(name, "is there twice");
      }
    }
    List<Dense> layers = new ArrayList<>();
    int width = 0;
    for (Map.Entry<Integer, String> entry : weights.entrySet()) {
      long[] shape = source.entry(entry.getValue()).shape();
      if (shape.length != 2 || (width != 0 && shape[1] != width)) {
        throw bad(entry.getValue(), "does not fit the layer before it");
      }
      width = Math.toIntExact(shape[0]);
      String bias = biases.remove(entry.getKey());
      if (bias != null
          && (source.entry(bias).shape().length != 1 || source.entry(bias).shape()[0] != width)) {
        throw bad(bias, "does not fit its layer");
      }
      layers.add(
          new Dense(
              Math.toIntExact(shape[1]),
              width,
              RouterFolder.finite(source, entry.getValue()),
              bias == null ? null : RouterFolder.finite(source, bias)));
    }
    if (layers.isEmpty() || !biases.isEmpty() || width != outputs) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "router: the classifier gives "
              + width
              + " outputs where its members and layers need "
              + outputs);
    }
    return new XLoraClassifier(layers, activated);
  }

  private static PrecordiaException bad(String name, String why) {
    return new PrecordiaException(ErrorCode.BAD_WEIGHTS, "router: the array " + name + " " + why);
  }

  /** Scalars of all layers. */
  long count() {
    return layers.stream()
        .mapToLong(l -> l.weight().length + (l.bias() == null ? 0 : l.bias().length))
        .sum();
  }

  /**
   * @param states [n, tokens, width]
   * @throws PrecordiaException BAD_WEIGHTS if it was trained on states of another width
   */
  Tensor logits(Ops ops, Tensor states) {
    if (states.size(-1) != layers.getFirst().in()) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "router: the classifier reads states of width "
              + layers.getFirst().in()
              + ", this part of the model has "
              + states.size(-1));
    }
    Tensor x = states;
    for (int i = 0; i < layers.size(); i++) {
      Dense layer = layers.get(i);
      x =
          ops.linear(
              x,
              ops.upload(layer.weight(), layer.out(), layer.in()),
              layer.bias() == null ? null : ops.upload(layer.bias(), layer.out()),
              activated && i + 1 < layers.size() ? Activation.RELU : Activation.IDENTITY,
              null);
    }
    return x;
  }
}
