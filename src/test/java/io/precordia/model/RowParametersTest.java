package io.precordia.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterBatch;
import io.precordia.adapter.bank.AdapterChanges;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.HostPages;
import io.precordia.adapter.bank.LayerChange;
import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.model.hub.HubFolder;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.PairModel;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.VisionModel;
import io.precordia.model.more.MoreBatch;
import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.DropKey;
import io.precordia.nn.EncoderConfig;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.study.Modality;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An adapter may replace every matrix, bias, gain and statistic of every architecture: a layer that
 * did not ask for its rows' own parameters would compute with the base's.
 */
class RowParametersTest {
  private static final AdapterKey KEY = new AdapterKey("t", "everything");
  private final DjlOps ops = DjlOps.cpu();
  @TempDir Path dir;

  @AfterEach
  void close() {
    ops.close();
  }

  private static boolean replaceable(ParameterSpec spec) {
    return spec.role() != ParameterSpec.Role.EMBEDDING && spec.role() != ParameterSpec.Role.SCALAR;
  }

  private static ParameterSet perturbed(ParameterSet base) {
    ParameterSet out = base.copy();
    Random random = new Random(4);
    for (ParameterSpec spec : out.specs()) {
      float[] values = out.values(spec.name());
      for (int i = 0; i < values.length && replaceable(spec); i++) {
        values[i] *= 1 + 0.3f * random.nextFloat();
      }
    }
    return out;
  }

  private static AdapterSource everything(List<ParameterSpec> declared, ParameterSet own) {
    Map<String, LinearSite> linears = new LinkedHashMap<>();
    LinearSite.all(declared).forEach(s -> linears.put(s.path(), s));
    Set<String> names = new LinkedHashSet<>();
    declared.forEach(s -> names.add(s.name()));
    Map<String, List<ParameterSpec>> layers = new LinkedHashMap<>();
    List<ModuleChange> changes = new ArrayList<>();
    ParameterSet values = new ParameterSet();
    for (ParameterSpec spec : declared) {
      String path = spec.name().substring(0, Math.max(0, spec.name().lastIndexOf('.')));
      if (replaceable(spec) && !linears.containsKey(path)) {
        layers.computeIfAbsent(path, p -> new ArrayList<>()).add(spec);
        values.put(spec, own.values(spec.name()));
      }
    }
    linears.forEach(
        (path, layer) -> {
          boolean bias = names.contains(layer.bias());
          LinearChange change =
              new LinearChange(
                  layer,
                  0,
                  0,
                  bias
                      ? Set.of(LinearChange.Part.WEIGHT, LinearChange.Part.SHIFT)
                      : Set.of(LinearChange.Part.WEIGHT));
          for (ParameterSpec spec : change.arrays()) {
            boolean shift = spec.name().equals(change.name(LinearChange.Part.SHIFT));
            values.put(spec, own.values(shift ? layer.bias() : layer.weight()));
          }
          changes.add(change);
        });
    layers.forEach((path, specs) -> changes.add(new LayerChange(path, specs)));
    return AdapterSource.ofChanges(changes, () -> new AdapterChanges(changes, values));
  }

  /** Three rows, the middle one plain. */
  private void agrees(
      List<ParameterSpec> declared, ParameterSet base, Function<Forward, Tensor> pass) {
    ParameterSet own = perturbed(base);
    AdapterBank bank = new AdapterBank(declared, new HostPages(64, 1 << 15), 0);
    bank.register(KEY, everything(declared, own));
    try (Scope scope = ops.scope()) {
      FrozenParameters plain = new FrozenParameters(ops, base);
      float[] without = ops.download(pass.apply(Forward.evaluation(ops, plain, Adapters.NONE)));
      float[] expected =
          ops.download(
              pass.apply(Forward.evaluation(ops, new FrozenParameters(ops, own), Adapters.NONE)));
      try (AdapterBatch batch =
          bank.batch(ops, List.of(Optional.of(KEY), Optional.empty(), Optional.of(KEY)))) {
        float[] got = ops.download(pass.apply(Forward.evaluation(ops, plain, batch.hooks())));
        int row = got.length / 3;
        assertArrayEquals(row(expected, 0, row), row(got, 0, row), 1e-4f);
        assertArrayEquals(row(without, 1, row), row(got, 1, row));
        assertArrayEquals(row(expected, 2, row), row(got, 2, row), 1e-4f);
        assertTrue(TinyModels.relativeError(without, expected) > 1e-2);
      }
    }
  }

  private static float[] row(float[] all, int i, int width) {
    return Arrays.copyOfRange(all, i * width, (i + 1) * width);
  }

  private Tensor pixels(int channels, int side) {
    float[] values = new float[3 * channels * side * side];
    Random random = new Random(6);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return ops.upload(values, 3, channels, side, side);
  }

  private static TextBatch texts() {
    return TextBatch.of(List.of(new int[] {3, 4, 5}, new int[] {6, 7, 8, 9}, new int[] {4, 3}), 1);
  }

  private void vision(HubModel<VisionModel> opened) {
    VisionModel model = opened.model();
    agrees(
        model.parameters(),
        opened.weights(),
        f -> model.pooled(f, pixels(model.channels(), model.imageSize())));
  }

  @Test
  void imageEncoders() throws IOException {
    vision(
        HubModels.vision(
            HubFolder.vit(Files.createDirectories(dir.resolve("v")), "").write(ElementType.F32)));
    vision(
        HubModels.vision(
            HubFolder.dinov2(Files.createDirectories(dir.resolve("d")), 2).write(ElementType.F32)));
  }

  @Test
  void textEncoders() throws IOException {
    for (String type : new String[] {"bert", "roberta"}) {
      var opened =
          HubModels.text(
              HubFolder.bert(Files.createDirectories(dir.resolve(type)), type, 1)
                  .write(ElementType.F32));
      agrees(opened.model().parameters(), opened.weights(), f -> opened.model().pooled(f, texts()));
    }
  }

  @Test
  void pairs() {
    for (String name : new String[] {"clip", "siglip"}) {
      Path golden = TinyModels.golden(name);
      Assumptions.assumeTrue(Files.isDirectory(golden), "no goldens beside the checkout");
      HubModel<PairModel> opened = HubModels.pair(golden);
      PairModel model = opened.model();
      ParameterSet weights = opened.weights();
      int side = model.vision().imageSize();
      agrees(
          model.parameters(),
          weights,
          f -> model.images(f, pixels(model.vision().channels(), side)));
      agrees(model.parameters(), weights, f -> model.texts(f, texts()));
    }
  }

  @Test
  void moreModel() {
    EncoderConfig vit = EncoderConfig.vision(32, 2, 4, DropKey.OFF);
    EncoderConfig text = new EncoderConfig(32, 2, 4, 64, 1e-6, true, false, true, DropKey.OFF);
    MoreModel model =
        new MoreModel(
            new MoreConfig(
                new MoreConfig.Xray(1, 32, 16, 0, 0.499, 0.293, vit),
                new MoreConfig.Ecg(12, 1000, 8, vit),
                new MoreConfig.Text(50, 20, 0, 0, false, text),
                16,
                0.07));
    ParameterSet weights = TinyModels.weights(model.parameters(), 3);
    for (ParameterSpec spec : weights.specs()) {
      if (spec.name().endsWith("running_var")) {
        Arrays.fill(weights.values(spec.name()), 1.5f);
      }
    }
    float[] signals = new float[3 * 12_000];
    Random random = new Random(2);
    for (int i = 0; i < signals.length; i++) {
      signals[i] = (float) random.nextGaussian() / 4;
    }
    float[] image = new float[3 * 32 * 32];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    MoreBatch batch =
        MoreBatch.empty()
            .withXrays(image)
            .withEcgs(signals)
            .withReports(new int[][] {{3, 4, 5}, {6, 7, 8, 9}, {4, 3, 2}});
    for (Modality modality : Modality.values()) {
      agrees(model.parameters(), weights, f -> model.forward(f, batch).of(modality));
    }
  }
}
