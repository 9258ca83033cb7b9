package io.precordia.model.hub;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.weights.WeightSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Arrays that a file may hold under a second name because the model uses them twice. Writers keep
 * either name or both; a second copy that differs contradicts the configuration and is refused.
 */
public final class TiedWeights {
  private final Map<String, String> rename = new HashMap<>();
  private final Set<String> copies;

  /**
   * @param originals second name to the parameter's name
   * @throws PrecordiaException BAD_WEIGHTS if a second copy differs from the first
   */
  public TiedWeights(Path folder, Map<String, String> originals) {
    copies = Set.copyOf(originals.keySet());
    try (WeightSource source = WeightSource.open(folder)) {
      originals.forEach((copy, original) -> admit(source, copy, original));
    }
  }

  private void admit(WeightSource source, String copy, String original) {
    if (!source.names().contains(copy)) {
      return;
    }
    if (!source.names().contains(original)) {
      rename.put(copy, original);
    } else if (!source.stored(copy).sameNumbers(source.stored(original))) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          copy
              + " differs from "
              + original
              + ", though config.json ties them; set tie_word_embeddings to false to keep both");
    }
  }

  /** Name in the file to name of the parameter, for {@link HubWeights}. */
  public UnaryOperator<String> rename() {
    return name -> rename.getOrDefault(name, name);
  }

  /** Whether a name is that of a second copy. */
  public boolean isCopy(String name) {
    return copies.contains(name);
  }
}
