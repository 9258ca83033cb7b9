package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterShare;
import io.precordia.model.AdapterSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of several models an adapter belongs to: the one whose layers it fits. Thread-safe.
 *
 * @param models those that take adapters
 * @param owners model of every registered adapter, router and sum
 */
record BranchAdapters(List<AdaptableEncoder> models, Map<String, AdaptableEncoder> owners) {
  BranchAdapters(List<AdaptableEncoder> models) {
    this(List.copyOf(models), new ConcurrentHashMap<>());
  }

  /** What is found by holding a folder against every model. */
  private record Fit(AdaptableEncoder model, AdapterSummary summary) {}

  /**
   * @throws PrecordiaException what the first model said if none fits; BAD_WEIGHTS if several fit
   */
  private Fit fit(Path folder) {
    List<Fit> fits = new ArrayList<>();
    @Nullable PrecordiaException refusal = null;
    for (AdaptableEncoder model : models) {
      try {
        fits.add(new Fit(model, model.inspect(folder)));
      } catch (PrecordiaException e) {
        refusal = refusal == null ? e : refusal;
      }
    }
    if (fits.size() > 1) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "the adapter fits more than one of the service's models, so that it is not clear whose it"
              + " is");
    }
    if (fits.isEmpty()) {
      throw refusal != null
          ? refusal
          : new PrecordiaException(
              ErrorCode.INVALID_ARGUMENT, "none of the service's models takes adapters");
    }
    return fits.getFirst();
  }

  AdapterSummary inspect(Path folder) {
    return fit(folder).summary();
  }

  void register(String sha256, Path folder) {
    if (!owners.containsKey(sha256)) {
      AdaptableEncoder owner = fit(folder).model();
      owner.register(sha256, folder);
      owners.put(sha256, owner);
    }
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT for adapters of different models
   */
  void compose(String id, List<AdapterShare> shares) {
    Set<AdaptableEncoder> of =
        shares.stream().map(s -> owner(s.sha256())).collect(Collectors.toSet());
    if (of.size() != 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "adapters of different models cannot be summed");
    }
    AdaptableEncoder owner = of.iterator().next();
    owner.compose(id, shares);
    owners.put(id, owner);
  }

  void unregister(String id) {
    AdaptableEncoder owner = owners.remove(id);
    if (owner != null) {
      owner.unregister(id);
    }
  }

  boolean resident(String id) {
    AdaptableEncoder owner = owners.get(id);
    return owner != null && owner.resident(id);
  }

  /** The id if it belongs to a model; null otherwise, as that model then runs plainly. */
  @Nullable String in(Object model, @Nullable String id) {
    return id != null && owner(id) == model ? id : null;
  }

  private AdaptableEncoder owner(String id) {
    AdaptableEncoder owner = owners.get(id);
    if (owner == null) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "there is no adapter " + id);
    }
    return owner;
  }
}
