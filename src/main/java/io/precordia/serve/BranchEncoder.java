package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterShare;
import io.precordia.model.AdapterSummary;
import io.precordia.model.Encoder;
import io.precordia.model.RoutingListener;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One model for each modality. Every model has a block of coordinates of its own: a vector is the
 * model's own unit vector in its block and zero elsewhere, so that vectors of one space compare as
 * ever and those of different spaces are at right angles. Thread-safe.
 */
final class BranchEncoder implements AdaptableEncoder {
  private final Map<Modality, Branch> branches = new EnumMap<>(Modality.class);
  private final List<Encoder> encoders = new ArrayList<>();
  private final BranchAdapters adapters;
  private final int dimension;
  private final ModelRef ref;

  /** A model and the first coordinate of its block. */
  private record Branch(Encoder encoder, int from) {}

  /**
   * @param models model of each modality; a model of several stands for one space. Closed with this
   *     encoder
   */
  BranchEncoder(Map<Modality, Encoder> models) {
    int width = 0;
    for (Modality modality : Modality.values()) {
      Encoder encoder = models.get(modality);
      if (encoder == null) {
        continue;
      }
      int from = width;
      for (Branch known : branches.values()) {
        from = known.encoder() == encoder ? known.from() : from;
      }
      branches.put(modality, new Branch(encoder, from));
      if (!encoders.contains(encoder)) {
        encoders.add(encoder);
        width += encoder.dimension();
      }
    }
    this.dimension = width;
    this.ref = BranchProvenance.of(models);
    this.adapters =
        new BranchAdapters(
            encoders.stream()
                .filter(AdaptableEncoder.class::isInstance)
                .map(AdaptableEncoder.class::cast)
                .toList());
  }

  @Override
  public ModelRef ref() {
    return ref;
  }

  @Override
  public ModelRef ref(Modality modality) {
    Branch branch = branches.get(modality);
    return branch == null ? ref : branch.encoder().ref(modality);
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public float temperature() {
    return ofTexts().temperature();
  }

  @Override
  public OptionalDouble logitBias() {
    return ofTexts().logitBias();
  }

  /** Texts are what a temperature is over. */
  private Encoder ofTexts() {
    Branch branch = branches.get(Modality.REPORT);
    return branch == null ? encoders.getFirst() : branch.encoder();
  }

  @Override
  public Set<Modality> modalities() {
    return Set.copyOf(branches.keySet());
  }

  @Override
  public int tokens(Modality modality, Object item) {
    return require(modality).encoder().tokens(modality, item);
  }

  @Override
  public float[][] embedXrays(List<Pixels> images) {
    Branch branch = require(Modality.XRAY);
    return placed(branch, branch.encoder().embedXrays(images));
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    Branch branch = require(Modality.ECG);
    return placed(branch, branch.encoder().embedEcgs(windows));
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    Branch branch = require(Modality.REPORT);
    return placed(branch, branch.encoder().embedTexts(texts));
  }

  @Override
  @SuppressWarnings("unchecked") // the interface says what the items of a modality are
  public float[][] embed(
      Modality modality, List<?> items, List<@Nullable String> rows, RoutingListener routing) {
    Branch branch = require(modality);
    List<@Nullable String> own = new ArrayList<>();
    rows.forEach(id -> own.add(adapters.in(branch.encoder(), id)));
    if (branch.encoder() instanceof AdaptableEncoder adaptable) {
      return placed(branch, adaptable.embed(modality, items, own, routing));
    }
    return switch (modality) {
      case XRAY -> embedXrays((List<Pixels>) items);
      case ECG -> embedEcgs((List<Ecg>) items);
      case REPORT -> embedTexts((List<String>) items);
    };
  }

  @Override
  public AdapterSummary inspect(Path folder) {
    return adapters.inspect(folder);
  }

  @Override
  public void register(String sha256, Path folder) {
    adapters.register(sha256, folder);
  }

  @Override
  public void compose(String id, List<AdapterShare> shares) {
    adapters.compose(id, shares);
  }

  @Override
  public void unregister(String id) {
    adapters.unregister(id);
  }

  @Override
  public boolean resident(String id) {
    return adapters.resident(id);
  }

  private float[][] placed(Branch branch, float[][] own) {
    float[][] out = new float[own.length][dimension];
    for (int i = 0; i < own.length; i++) {
      System.arraycopy(own[i], 0, out[i], branch.from(), own[i].length);
    }
    return out;
  }

  private Branch require(Modality modality) {
    Branch branch = branches.get(modality);
    if (branch == null) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_MODALITY,
          "no model for this modality ("
              + modality
              + ") is configured; set precordia.model or precordia.model.xray, .ecg, .report");
    }
    return branch;
  }

  @Override
  public void close() {
    encoders.forEach(Encoder::close);
  }
}
