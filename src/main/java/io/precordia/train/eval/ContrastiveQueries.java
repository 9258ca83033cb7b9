package io.precordia.train.eval;

import io.precordia.model.explain.Query;
import io.precordia.study.Modality;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Queries that know what else could be asked: each is held against the other findings of its
 * modality, so that a map need not show what all findings share. The findings are those of the
 * simulator, of which none is another word for another. Their prompts are embedded once, at the
 * first query. Thread-safe.
 */
public final class ContrastiveQueries {
  private final FactVocabulary facts;
  private final Function<List<String>, float[][]> embed;
  private final double denialWeight;
  private final Map<Modality, Map<Fact, float[]>> known = new EnumMap<>(Modality.class);

  /**
   * @param embed texts to unit vectors
   * @param denialWeight of the weights that embed
   */
  public ContrastiveQueries(
      FactVocabulary facts, Function<List<String>, float[][]> embed, double denialWeight) {
    this.facts = facts;
    this.embed = embed;
    this.denialWeight = denialWeight;
  }

  public double denialWeight() {
    return denialWeight;
  }

  /**
   * @param direction what is asked for
   * @param asked the fact that it is, null for any other text
   */
  public synchronized Query of(Modality modality, float[] direction, @Nullable Fact asked) {
    List<float[]> others = new ArrayList<>();
    known
        .computeIfAbsent(modality, this::directions)
        .forEach(
            (fact, other) -> {
              if (asked == null || !related(asked, fact)) {
                others.add(other);
              }
            });
    return Query.among(direction, others);
  }

  private Map<Fact, float[]> directions(Modality modality) {
    Map<Fact, float[]> out = new LinkedHashMap<>();
    Set<String> findings =
        Finding.shownBy(modality).stream().map(Finding::id).collect(Collectors.toSet());
    for (Fact fact : facts.of(modality)) {
      if (findings.contains(fact.id())) {
        out.put(fact, PromptEnsemble.of(fact, embed).direction(denialWeight));
      }
    }
    return out;
  }

  /** The same fact, or a side of it: the id says so. */
  private static boolean related(Fact a, Fact b) {
    return a.equals(b) || a.id().startsWith(b.id() + "-") || b.id().startsWith(a.id() + "-");
  }
}
