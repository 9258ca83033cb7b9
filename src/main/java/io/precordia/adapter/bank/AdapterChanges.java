package io.precordia.adapter.bank;

import io.precordia.adapter.LowRankAdapter;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.util.List;

/**
 * An adapter of any kind as the bank holds it: changes, and the values of their arrays. The values
 * are not copied and must not change while the adapter is in use.
 */
public record AdapterChanges(List<ModuleChange> changes, ParameterSet values) {
  /**
   * @throws PrecordiaException BAD_WEIGHTS if an array is missing or of another size
   */
  public AdapterChanges {
    changes = List.copyOf(changes);
    for (ModuleChange change : changes) {
      for (ParameterSpec spec : change.arrays()) {
        if (values.values(spec.name()).length != spec.count()) {
          throw new PrecordiaException(
              ErrorCode.BAD_WEIGHTS, "the adapter's arrays at " + change.path() + " do not fit");
        }
      }
    }
  }

  /** Factors alone. */
  public static AdapterChanges of(LowRankAdapter adapter) {
    return new AdapterChanges(
        adapter.sites().stream().map(s -> (ModuleChange) LinearChange.of(s)).toList(),
        adapter.values());
  }
}
