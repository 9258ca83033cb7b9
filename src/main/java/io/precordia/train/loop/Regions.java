package io.precordia.train.loop;

import io.precordia.study.Modality;
import io.precordia.train.data.RegionMask;
import io.precordia.train.data.StudySample;
import io.precordia.train.data.XrayPlacement;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.SentenceTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Questions about places of a batch's radiographs: does this patch show this finding?
 *
 * @param rows radiograph of each question
 * @param asserting a sentence that asserts the finding, for each question
 * @param denying a sentence that denies it
 * @param targets [questions·patches], 1 where a patch shows it
 * @param weights [questions·patches], 0 where a patch shows too little of it to tell; patches with
 *     and without the finding weigh one half each
 */
record Regions(
    int[] rows, List<String> asserting, List<String> denying, float[] targets, float[] weights) {
  /** Nothing is asked. */
  static final Regions NONE =
      new Regions(new int[0], List.of(), List.of(), new float[0], new float[0]);

  /** A patch with at least this share of a finding shows it: a thin line covers little of one. */
  private static final float SHOWS = 0.06f;

  /** A patch with at most this share of a finding does not show it. */
  private static final float SHOWS_NOT = 0.005f;

  /** Questions about findings that are not there, for each one that is. */
  private static final double ABSENT = 0.25;

  int size() {
    return rows.length;
  }

  /**
   * @param samples the batch's radiographs
   * @param placements how each was placed
   * @param most questions
   * @param side pixels of a radiograph
   * @param patches along a side
   */
  static Regions ask(
      FactVocabulary facts,
      List<StudySample> samples,
      List<XrayPlacement> placements,
      int most,
      int side,
      int patches,
      SplittableRandom random) {
    List<Question> questions = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      for (RegionMask mask : samples.get(i).regions()) {
        Question q = Question.of(i, mask, placements.get(i), side, patches);
        if (q.shown > 0) {
          questions.add(q);
          kinds.add(mask.fact());
        }
      }
    }
    shuffle(questions, random);
    int present = Math.min(questions.size(), (int) Math.round(most / (1 + ABSENT)));
    questions = new ArrayList<>(questions.subList(0, present));
    for (int i = 0, tries = 0; i < ABSENT * present && tries < 20 * most; tries++) {
      Fact fact = facts.get(kinds.get(random.nextInt(kinds.size())));
      int row = random.nextInt(samples.size());
      if (samples.get(row).knowledge(Modality.XRAY).absent().get(fact.index())) {
        questions.add(new Question(row, fact.id(), new float[patches * patches], 0));
        i++;
      }
    }
    return of(facts, questions, patches * patches, random);
  }

  private static void shuffle(List<Question> questions, SplittableRandom random) {
    for (int i = questions.size() - 1; i > 0; i--) {
      questions.set(i, questions.set(random.nextInt(i + 1), questions.get(i)));
    }
  }

  private static Regions of(
      FactVocabulary facts, List<Question> questions, int cells, SplittableRandom random) {
    int[] rows = new int[questions.size()];
    List<String> asserting = new ArrayList<>();
    List<String> denying = new ArrayList<>();
    float[] targets = new float[rows.length * cells];
    float[] weights = new float[rows.length * cells];
    for (int q = 0; q < rows.length; q++) {
      Question question = questions.get(q);
      Fact fact = facts.get(question.fact);
      rows[q] = question.row;
      asserting.add(SentenceTemplates.assertion(fact, random));
      denying.add(SentenceTemplates.denial(fact, random));
      int clear = 0;
      for (float covered : question.coverage) {
        clear += covered <= SHOWS_NOT ? 1 : 0;
      }
      for (int c = 0; c < cells; c++) {
        float covered = question.coverage[c];
        targets[q * cells + c] = covered >= SHOWS ? 1 : 0;
        weights[q * cells + c] =
            covered >= SHOWS
                ? 0.5f / question.shown
                : covered <= SHOWS_NOT ? (question.shown == 0 ? 1f : 0.5f) / clear : 0;
      }
    }
    return new Regions(rows, asserting, denying, targets, weights);
  }

  private record Question(int row, String fact, float[] coverage, int shown) {
    static Question of(int row, RegionMask mask, XrayPlacement placement, int side, int patches) {
      float[] coverage = mask.placed(placement, side, patches);
      int shown = 0;
      for (float covered : coverage) {
        shown += covered >= SHOWS ? 1 : 0;
      }
      return new Question(row, mask.fact(), coverage, shown);
    }
  }
}
