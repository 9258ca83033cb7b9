package io.precordia.train.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.report.ReportTokenizer;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.Split;
import io.precordia.train.data.StudySample;
import io.precordia.train.recipe.Recipe;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.TextComposer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What a stage's focus does to the triples that are drawn, and that a step always gives the same.
 */
class BatchMakerTest {
  private static final int SIDE = 224;
  private static final int PATCH = 16;
  private static final String FACT = "pulmonary-nodule-left";
  private final FactVocabulary facts = FactVocabulary.standard();
  private final Corpora corpora = Corpora.load(facts, null, Split.TRAIN, 77, 120);

  @Test
  void focusDrawsStudiesThatShowTheFact() {
    try (ReportTokenizer tokenizer = tokenizer()) {
      BatchMaker maker = maker(tokenizer);
      SplittableRandom random = new SplittableRandom(1);
      List<StudySample> some = maker.triples(stage(List.of(FACT), 1), random);
      assertFalse(some.isEmpty());
      assertTrue(some.size() < corpora.simulated().size());
      int index = facts.get(FACT).index();
      assertTrue(some.stream().allMatch(s -> s.xrayKnowledge().present().get(index)));
      assertEquals(corpora.simulated(), maker.triples(stage(List.of(), 0), random));
      assertEquals(corpora.simulated(), maker.triples(stage(List.of(FACT), 0), random));
    }
  }

  @Test
  void aBatchDependsOnSeedAndStepAlone() {
    try (ReportTokenizer tokenizer = tokenizer()) {
      Recipe.Stage stage = stage(List.of(FACT), 0.2);
      TrainingBatch once = maker(tokenizer).make(stage, 0, 5);
      TrainingBatch again = maker(tokenizer).make(stage, 0, 5);
      TrainingBatch other = maker(tokenizer).make(stage, 0, 6);
      assertArrayEquals(once.xrayOctets(), again.xrayOctets());
      assertArrayEquals(once.ecgValues(), again.ecgValues());
      assertArrayEquals(once.texts(), again.texts());
      assertFalse(java.util.Arrays.equals(once.xrayOctets(), other.xrayOctets()));
    }
  }

  @Test
  void everyQuestionAboutAPlaceIsAnsweredByItsMask() {
    try (ReportTokenizer tokenizer = tokenizer()) {
      TrainingBatch batch = maker(tokenizer).make(stage(List.of(FACT), 0.5), 0, 5);
      Regions asked = batch.regions();
      assertTrue(asked.size() >= 4, "only " + asked.size());
      assertEquals(batch.xrays() + batch.ecgs() + 2 * asked.size(), batch.texts().length);
      int cells = asked.targets().length / asked.size();
      int absent = 0;
      for (int q = 0; q < asked.size(); q++) {
        double shown = 0;
        double total = 0;
        for (int c = 0; c < cells; c++) {
          shown += asked.targets()[q * cells + c];
          total += asked.weights()[q * cells + c];
        }
        assertEquals(1, total, 1e-4);
        absent += shown == 0 ? 1 : 0;
      }
      assertTrue(absent >= 1 && absent <= asked.size() / 2, absent + " of " + asked.size());
    }
  }

  private static ReportTokenizer tokenizer() {
    return ReportTokenizer.load(Path.of("models", "precordia-more", "tokenizer.json"));
  }

  private BatchMaker maker(ReportTokenizer tokenizer) {
    return new BatchMaker(facts, corpora, new TextComposer(facts), tokenizer, SIDE, PATCH, 96, 3);
  }

  private static Recipe.Stage stage(List<String> focus, double share) {
    return new Recipe.Stage(
        10,
        6,
        1e-3,
        1e-5,
        1,
        0.05,
        1,
        0,
        0.1,
        0.5,
        focus,
        share,
        Recipe.Objective.INFONCE,
        true,
        false);
  }
}
