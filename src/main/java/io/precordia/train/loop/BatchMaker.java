package io.precordia.train.loop;

import io.precordia.report.ReportTokenizer;
import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.EcgAugmentation;
import io.precordia.train.data.SimulatedCorpus;
import io.precordia.train.data.StudySample;
import io.precordia.train.data.XrayAugmentation;
import io.precordia.train.data.XrayPlacement;
import io.precordia.train.optim.StepSeed;
import io.precordia.train.recipe.Recipe;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Narrative;
import io.precordia.train.text.TextComposer;
import io.precordia.train.text.TextNoise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Draws micro-batches: sources mixed in every batch, so that no class equals a data set, and at
 * most one study of a patient. A batch depends only on run seed, stage and step, so that a resumed
 * run sees the same ones. Thread-safe.
 */
final class BatchMaker {
  private static final int TRIES = 200;

  /** Questions about places in a batch. */
  private static final int MOST_REGIONS = 64;

  /** Reports of the simulator name every nodule and line, so that a crop may not lose them. */
  private static final double SIMULATED_AREA = 0.9;

  private static final double REAL_AREA = 0.6;

  private final Corpora corpora;
  private final TextComposer composer;
  private final ReportTokenizer tokenizer;
  private final int side;
  private final int patch;
  private final int maxTokens;
  private final long seed;
  private final Map<String, List<StudySample>> simulatedByFact = new ConcurrentHashMap<>();
  private final FactVocabulary facts;

  BatchMaker(
      FactVocabulary facts,
      Corpora corpora,
      TextComposer composer,
      ReportTokenizer tokenizer,
      int side,
      int patch,
      int maxTokens,
      long seed) {
    this.facts = facts;
    this.corpora = corpora;
    this.composer = composer;
    this.tokenizer = tokenizer;
    this.side = side;
    this.patch = patch;
    this.maxTokens = maxTokens;
    this.seed = seed;
  }

  TrainingBatch make(Recipe.Stage stage, int stageIndex, long step) {
    SplittableRandom random = new SplittableRandom(StepSeed.of(seed + 7919L * stageIndex, step));
    int paired = Recipe.simulated(stage);
    Rows xrays = new Rows(Modality.XRAY);
    Rows ecgs = new Rows(Modality.ECG);
    for (int tries = 0; xrays.size() < paired; tries++) {
      // a rare fact may have fewer patients than the batch has rows
      StudySample triple =
          pick(tries < TRIES * paired ? triples(stage, random) : corpora.simulated(), random);
      Narrative x = text(triple, Modality.XRAY, random);
      Narrative e = text(triple, Modality.ECG, random);
      if (x != null && e != null && xrays.fresh(triple)) {
        xrays.add(triple, x);
        ecgs.add(triple, e);
      }
    }
    fill(xrays, stage, random);
    fill(ecgs, stage, random);
    int samples = ecgs.samples.isEmpty() ? 0 : ecgs.samples.getFirst().ecg().length;
    byte[] octets = new byte[xrays.size() * side * side];
    List<XrayPlacement> placements = new ArrayList<>();
    for (int i = 0; i < xrays.size(); i++) {
      StudySample sample = xrays.samples.get(i);
      double area = sample.source().equals(SimulatedCorpus.NAME) ? SIMULATED_AREA : REAL_AREA;
      placements.add(
          XrayAugmentation.apply(
              sample.xray(), side, area, random.split(), octets, i * side * side));
    }
    float[] values = new float[ecgs.size() * samples];
    for (int i = 0; i < ecgs.size(); i++) {
      short[] stored = ecgs.samples.get(i).ecg();
      EcgAugmentation.apply(stored, random.split(), values, i * samples);
    }
    int pairs = xrays.size() + ecgs.size();
    Regions regions =
        stage.regions() == 0
            ? Regions.NONE
            : Regions.ask(
                facts, xrays.samples, placements, MOST_REGIONS, side, side / patch, random.split());
    int[][] texts = new int[pairs + 2 * regions.size()][];
    for (int i = 0; i < pairs; i++) {
      Narrative n = i < xrays.size() ? xrays.texts.get(i) : ecgs.texts.get(i - xrays.size());
      texts[i] = tokenizer.ids(TextNoise.apply(n.text(), random), maxTokens);
    }
    for (int r = 0; r < regions.size(); r++) {
      texts[pairs + 2 * r] = tokenizer.ids(regions.asserting().get(r), maxTokens);
      texts[pairs + 2 * r + 1] = tokenizer.ids(regions.denying().get(r), maxTokens);
    }
    return new TrainingBatch(
        xrays.size(),
        ecgs.size(),
        paired,
        octets,
        values,
        texts,
        stage.masking() ? xrays.excluded() : new float[xrays.size() * xrays.size()],
        stage.masking() ? ecgs.excluded() : new float[ecgs.size() * ecgs.size()],
        regions);
  }

  private void fill(Rows rows, Recipe.Stage stage, SplittableRandom random) {
    for (int tries = 0; rows.size() < stage.batch() && tries < TRIES * stage.batch(); tries++) {
      List<StudySample> from =
          rows.modality == Modality.ECG
              ? corpora.ptbxl()
              : random.nextDouble() < stage.kermany() ? corpora.kermany() : corpora.nih();
      StudySample sample = pick(from, random);
      Narrative text = text(sample, rows.modality, random);
      if (text != null && rows.fresh(sample)) {
        rows.add(sample, text);
      }
    }
  }

  private @Nullable Narrative text(StudySample s, Modality modality, SplittableRandom random) {
    return composer.compose(s.texts(modality), s.knowledge(modality), modality, random);
  }

  /** Where the next triple comes from: all, or those with a fact that the stage dwells on. */
  List<StudySample> triples(Recipe.Stage stage, SplittableRandom random) {
    if (stage.focus().isEmpty() || random.nextDouble() >= stage.focusShare()) {
      return corpora.simulated();
    }
    String id = stage.focus().get(random.nextInt(stage.focus().size()));
    List<StudySample> with = simulatedByFact.computeIfAbsent(id, this::withFact);
    return with.isEmpty() ? corpora.simulated() : with;
  }

  private List<StudySample> withFact(String id) {
    Fact fact = facts.get(id);
    return corpora.simulated().stream()
        .filter(s -> s.knowledge(fact.modality()).present().get(fact.index()))
        .toList();
  }

  private static StudySample pick(List<StudySample> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }

  /** Rows of one modality while they are gathered. */
  private static final class Rows {
    private final Modality modality;
    private final List<StudySample> samples = new ArrayList<>();
    private final List<Narrative> texts = new ArrayList<>();
    private final Set<String> patients = new HashSet<>();

    Rows(Modality modality) {
      this.modality = modality;
    }

    int size() {
      return samples.size();
    }

    boolean fresh(StudySample sample) {
      return !patients.contains(sample.patient());
    }

    void add(StudySample sample, Narrative text) {
      patients.add(sample.patient());
      samples.add(sample);
      texts.add(text);
    }

    /** Only a text that is known to be false of a study is its negative. */
    float[] excluded() {
      int n = size();
      float[] out = new float[n * n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          boolean negative = texts.get(j).claims().contradicts(samples.get(i).knowledge(modality));
          out[i * n + j] = i == j || negative ? 0 : 1;
        }
      }
      return out;
    }
  }
}
