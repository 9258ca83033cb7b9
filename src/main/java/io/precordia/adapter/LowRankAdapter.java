package io.precordia.adapter;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSet;
import java.util.List;
import java.util.Optional;

/**
 * A trained low-rank adapter: sites and the values of their factors. The values are not copied and
 * must not change while the adapter is in use.
 */
public record LowRankAdapter(List<LowRankSite> sites, ParameterSet values) {
  /**
   * @throws PrecordiaException BAD_WEIGHTS if a factor is missing or of another size
   */
  public LowRankAdapter {
    sites = List.copyOf(sites);
    for (LowRankSite site : sites) {
      if (values.values(site.down()).length != site.rank() * site.layer().in()
          || values.values(site.up()).length != site.rank() * site.layer().out()) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS, "the factors at " + site.path() + " contradict their rank");
      }
    }
  }

  /** The change at a layer, empty if the adapter leaves it alone. */
  public Optional<LowRankSite> at(String path) {
    return sites.stream().filter(s -> s.path().equals(path)).findFirst();
  }

  /** The method that runs and merges it. */
  public Lora adaptation() {
    return new Lora(sites, 0, LoraConfig.BiasMode.NONE, "");
  }

  /** The base with this adapter's values behind it; all arrays are shared. */
  public ParameterSet on(ParameterSet base) {
    ParameterSet out = new ParameterSet();
    base.specs().forEach(s -> out.put(s, base.values(s.name())));
    adaptation().parameters().forEach(s -> out.put(s, values.values(s.name())));
    return out;
  }
}
