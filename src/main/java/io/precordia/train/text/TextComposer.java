package io.precordia.train.text;

import io.precordia.study.Modality;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Picks or makes a text that is true of a study, together with what it claims. Thread-safe. */
public final class TextComposer {
  private static final int MOST_ASSERTIONS = 3;
  private static final int MOST_DENIALS = 2;

  private final FactVocabulary facts;

  public TextComposer(FactVocabulary facts) {
    this.facts = facts;
  }

  /**
   * One of the study's own texts, or sentences over some of what is known of it.
   *
   * @return null if nothing can be said
   */
  public @Nullable Narrative compose(
      List<Narrative> own, Knowledge knowledge, Modality modality, SplittableRandom random) {
    if (!own.isEmpty() && random.nextInt(5) < (own.size() > 1 ? 3 : 2)) {
      return own.get(random.nextInt(own.size()));
    }
    List<Fact> present =
        facts.of(modality).stream().filter(f -> knowledge.present().get(f.index())).toList();
    List<Fact> absent =
        facts.of(modality).stream()
            .filter(f -> !f.normal() && knowledge.absent().get(f.index()))
            .toList();
    List<Fact> asserted =
        some(present, present.isEmpty() ? 0 : 1 + random.nextInt(MOST_ASSERTIONS), random);
    boolean alone = !asserted.isEmpty() && random.nextInt(10) < 7;
    List<Fact> denied = alone ? List.of() : some(absent, 1 + random.nextInt(MOST_DENIALS), random);
    if (asserted.isEmpty() && denied.isEmpty()) {
      return own.isEmpty() ? null : own.get(random.nextInt(own.size()));
    }
    List<String> sentences = new ArrayList<>();
    asserted.forEach(f -> sentences.add(SentenceTemplates.assertion(f, random)));
    denied.forEach(f -> sentences.add(SentenceTemplates.denial(f, random)));
    BitSet holds = FactVocabulary.bits(asserted);
    asserted.forEach(f -> f.parents().forEach(p -> holds.set(facts.get(p).index())));
    return new Narrative(
        String.join(" ", sentences), new Claims(holds, FactVocabulary.bits(denied)));
  }

  private static List<Fact> some(List<Fact> from, int count, SplittableRandom random) {
    List<Fact> rest = new ArrayList<>(from);
    List<Fact> out = new ArrayList<>();
    while (out.size() < count && !rest.isEmpty()) {
      out.add(rest.remove(random.nextInt(rest.size())));
    }
    return out;
  }
}
