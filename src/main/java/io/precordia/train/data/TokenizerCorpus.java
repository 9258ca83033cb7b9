package io.precordia.train.data;

import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Narrative;
import io.precordia.train.text.SentenceTemplates;
import java.util.ArrayList;
import java.util.List;

/** The texts that a tokenizer is trained on: reports of the training split and every prompt. */
public final class TokenizerCorpus {
  private static final int MOST_SIMULATED = 4000;

  private TokenizerCorpus() {}

  public static List<String> of(FactVocabulary facts, Corpora train) {
    List<String> out = new ArrayList<>();
    for (Fact fact : facts.all()) {
      out.addAll(SentenceTemplates.assertions(fact));
      out.addAll(SentenceTemplates.denials(fact));
    }
    List<StudySample> simulated = train.simulated();
    simulated.subList(0, Math.min(MOST_SIMULATED, simulated.size())).forEach(s -> add(s, out));
    train.ptbxl().forEach(s -> add(s, out));
    return out;
  }

  private static void add(StudySample sample, List<String> out) {
    for (Narrative n : sample.xrayTexts()) {
      out.add(n.text());
    }
    for (Narrative n : sample.ecgTexts()) {
      out.add(n.text());
    }
  }
}
