package io.precordia.model;

import io.precordia.study.Modality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An encoder whose rows may each use another adapter, or none, within one batch. Adapters are known
 * by the digest of their folder. A row without adapter gets bit for bit what the plain encoder
 * gives.
 */
public interface AdaptableEncoder extends Encoder, AdapterHost {
  /**
   * Embeds items of one modality.
   *
   * @param items pixels, ECG windows or strings, as the modality says
   * @param adapters digest or id for each item, null for none
   */
  default float[][] embed(Modality modality, List<?> items, List<@Nullable String> adapters) {
    return embed(modality, items, adapters, RoutingListener.NONE);
  }

  /**
   * {@link #embed(Modality, List, List)}, where routers may be among the adapters.
   *
   * @param routing told of every item that a router's members changed, before this returns
   */
  float[][] embed(
      Modality modality, List<?> items, List<@Nullable String> adapters, RoutingListener routing);
}
