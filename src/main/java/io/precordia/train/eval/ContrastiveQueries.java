package io.precordia.train.eval;

import io.precordia.model.explain.Query;
import io.precordia.study.Modality;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.SentenceTemplates;
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
 * first query. Not thread-safe.
 */
public final class ContrastiveQueries {
  /** Sentences of each kind for a fact that is only held against; two come near all of them. */
  private static final int SENTENCES = 2;

  private final FactVocabulary facts;
  private final Function<List<String>, float[][]> embed;
  private final Map<Modality, Map<Fact, float[]>> known = new EnumMap<>(Modality.class);

  /**
   * @param embed texts to unit vectors
   */
  public ContrastiveQueries(FactVocabulary facts, Function<List<String>, float[][]> embed) {
    this.facts = facts;
    this.embed = embed;
  }

  /**
   * @param contrast what is asked for
   * @param asked the fact that it is, null for any other text
   */
  public Query of(Modality modality, float[] contrast, @Nullable Fact asked) {
    List<float[]> others = new ArrayList<>();
    known
        .computeIfAbsent(modality, this::contrasts)
        .forEach(
            (fact, direction) -> {
              if (asked == null || !related(asked, fact)) {
                others.add(direction);
              }
            });
    return Query.among(contrast, others);
  }

  private Map<Fact, float[]> contrasts(Modality modality) {
    Map<Fact, float[]> out = new LinkedHashMap<>();
    Set<String> findings =
        Finding.shownBy(modality).stream().map(Finding::id).collect(Collectors.toSet());
    for (Fact fact : facts.of(modality)) {
      if (findings.contains(fact.id())) {
        List<String> assertions = SentenceTemplates.assertions(fact);
        List<String> denials = SentenceTemplates.denials(fact);
        out.put(
            fact,
            PromptEnsemble.of(first(assertions), first(denials), embed).contrast());
      }
    }
    return out;
  }

  private static List<String> first(List<String> all) {
    return all.subList(0, Math.min(SENTENCES, all.size()));
  }

  /** The same fact, one that is part of the other, or sides of one: the id says so. */
  private static boolean related(Fact a, Fact b) {
    return a.equals(b)
        || a.parents().contains(b.id())
        || b.parents().contains(a.id())
        || a.id().startsWith(b.id() + "-")
        || b.id().startsWith(a.id() + "-");
  }
}
