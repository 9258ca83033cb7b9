package io.precordia.train.baseline;

import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.report.ReportTokenizer;
import io.precordia.study.Modality;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Ops;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.Split;
import io.precordia.train.data.StudySample;
import io.precordia.train.eval.EncodedGallery;
import io.precordia.train.eval.WeightsEmbedder;
import io.precordia.train.export.ModelExport;
import io.precordia.train.probe.LinearProbe;
import io.precordia.train.probe.ProbeTask;
import io.precordia.train.recipe.BaselineRecipe;
import io.precordia.train.text.FactVocabulary;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Trains every rival on the training split, chooses on the validation split and keeps its scores of
 * the test split. Written after each method, so that a run that is cut short keeps what it has.
 */
public final class BaselineJob {
  /** Means of blocks of the film, side·side. */
  static final int PIXELS = 32;

  private final BaselineRecipe recipe;
  private final Path base;
  private final Consumer<String> progress;
  private final FactVocabulary facts = FactVocabulary.standard();
  private final List<ProbeTask> tasks = ProbeTask.standard(facts);
  private final List<BaselineScores.Entry> entries = new ArrayList<>();

  public BaselineJob(Path recipeFile, Consumer<String> progress) {
    this.recipe = BaselineRecipe.read(recipeFile);
    Path parent = recipeFile.toAbsolutePath().getParent();
    this.base = parent == null ? Path.of("") : parent;
    this.progress = progress;
  }

  /** Splits of the real data. */
  private record Data(Corpora train, Corpora val, Corpora test) {}

  public BaselineScores run() {
    Path folder = base.resolve(recipe.data()).normalize();
    Data data =
        new Data(
            Corpora.load(facts, folder, Split.TRAIN, 1, 0),
            Corpora.load(facts, folder, Split.VAL, 1, 0),
            Corpora.load(facts, folder, Split.TEST, 1, 0));
    linear("logistic regression on pixels", Modality.XRAY, data, BaselineJob::pixels);
    linear(
        "logistic regression on ECG measurements",
        Modality.ECG,
        data,
        studies -> rows(studies, s -> EcgMeasurements.of(s.ecg())));
    untrained(data);
    try (DifferentiableOps ops = "gpu".equals(recipe.device()) ? DjlOps.cuda(0) : DjlOps.cpu()) {
      Map<String, List<ProbeTask>> bySource = new LinkedHashMap<>();
      tasks.forEach(t -> bySource.computeIfAbsent(t.source(), s -> new ArrayList<>()).add(t));
      for (List<ProbeTask> together : bySource.values()) {
        network(together, data, ops);
      }
    }
    return write();
  }

  private void linear(
      String method,
      Modality modality,
      Data data,
      Function<List<StudySample>, float[][]> features) {
    progress.accept(method);
    for (ProbeTask task : tasks) {
      if (task.modality() == modality) {
        List<StudySample> train = task.studies(data.train());
        List<StudySample> val = task.studies(data.val());
        List<StudySample> test = task.studies(data.test());
        fit(
            method,
            task,
            test,
            new LinearProbe.Space(
                task.set(train, features.apply(train)),
                task.set(val, features.apply(val)),
                task.set(test, features.apply(test))));
      }
    }
    write();
  }

  private void fit(String method, ProbeTask task, List<StudySample> test, LinearProbe.Space space) {
    LinearProbe probe = LinearProbe.fit("", space);
    String note =
        String.format(
            Locale.ROOT, "λ %.3g, validation AUROC %.3f", probe.lambda(), probe.validation());
    entries.add(
        new BaselineScores.Entry(method, task.name(), note, task.ids(test), probe.scores()));
  }

  /** The same encoder with its starting weights, probed before the head like the trained one. */
  private void untrained(Data data) {
    String method = "linear probe of the untrained encoder";
    progress.accept(method);
    Path folder = base.resolve(recipe.model()).normalize();
    MoreConfig config = MoreFolder.readConfig(folder).config();
    MoreModel model = new MoreModel(config);
    ParameterSet start = ParameterSet.initial(model.parameters(), recipe.seed());
    try (Ops ops = DjlOps.cpu();
        ReportTokenizer tokenizer = ReportTokenizer.load(folder.resolve(ModelExport.TOKENIZER))) {
      Forward forward = Forward.evaluation(ops, new FrozenParameters(ops, start), Adapters.NONE);
      WeightsEmbedder embedder = new WeightsEmbedder(ops, model, forward, tokenizer);
      Map<String, LinearProbeInputs> bySource = new LinkedHashMap<>();
      for (ProbeTask task : tasks) {
        List<StudySample> test = task.studies(data.test());
        LinearProbeInputs in =
            bySource.computeIfAbsent(
                task.source(),
                s ->
                    new LinearProbeInputs(
                        EncodedGallery.of(task.modality(), task.studies(data.train()), embedder),
                        EncodedGallery.of(task.modality(), task.studies(data.val()), embedder),
                        EncodedGallery.of(task.modality(), test, embedder)));
        fit(method, task, test, in.space(task));
      }
    }
    write();
  }

  private record LinearProbeInputs(EncodedGallery train, EncodedGallery val, EncodedGallery test) {
    LinearProbe.Space space(ProbeTask task) {
      return new LinearProbe.Space(
          task.set(train.gallery().studies(), train.features()),
          task.set(val.gallery().studies(), val.features()),
          task.set(test.gallery().studies(), test.features()));
    }
  }

  /** One network for all questions of one data set. */
  private void network(List<ProbeTask> together, Data data, DifferentiableOps ops) {
    ProbeTask first = together.getFirst();
    List<StudySample> train = first.studies(data.train());
    List<StudySample> val = first.studies(data.val());
    List<StudySample> test = first.studies(data.test());
    boolean ecg = first.modality() == Modality.ECG;
    int length = ecg ? train.getFirst().ecg().length / 12 : train.getFirst().xray().length;
    RivalNet net =
        ecg
            ? new EcgResNet(length, together.size())
            : new FilmCnn((int) Math.round(Math.sqrt(length)), together.size());
    String method = ecg ? "1-D ResNet" : "small CNN";
    progress.accept(method + ", " + first.source());
    long began = System.nanoTime();
    int epochs = ecg ? recipe.ecgEpochs() : recipe.filmEpochs();
    NetTrainer.Trained trained =
        new NetTrainer(net, ops, progress)
            .run(examples(together, train), examples(together, val), test, epochs, recipe.seed());
    String note =
        String.format(
            Locale.ROOT,
            "%d parameters, epoch %d of %d, validation AUROC %.3f, %d s",
            net.parameterCount(),
            trained.epoch(),
            epochs,
            trained.validation(),
            (System.nanoTime() - began) / 1_000_000_000L);
    for (int o = 0; o < together.size(); o++) {
      ProbeTask task = together.get(o);
      double[] all = trained.scores()[o];
      double[] asked = task.asked(test).mapToDouble(i -> all[i]).toArray();
      entries.add(new BaselineScores.Entry(method, task.name(), note, task.ids(test), asked));
    }
    write();
  }

  private static NetTrainer.Examples examples(List<ProbeTask> tasks, List<StudySample> studies) {
    int[][] answers = new int[studies.size()][tasks.size()];
    for (int o = 0; o < tasks.size(); o++) {
      ProbeTask task = tasks.get(o);
      for (int[] row : answers) {
        row[o] = -1;
      }
      int output = o;
      task.asked(studies).forEach(i -> answers[i][output] = task.positive(studies.get(i)) ? 1 : 0);
    }
    return new NetTrainer.Examples(studies, answers);
  }

  private static float[][] pixels(List<StudySample> studies) {
    return rows(
        studies,
        s -> {
          int side = (int) Math.round(Math.sqrt(s.xray().length));
          int block = side / PIXELS;
          float[] out = new float[PIXELS * PIXELS];
          for (int y = 0; y < PIXELS * block; y++) {
            for (int x = 0; x < PIXELS * block; x++) {
              out[y / block * PIXELS + x / block] += (s.xray()[y * side + x] & 255) / 255f;
            }
          }
          return out;
        });
  }

  private static float[][] rows(
      List<StudySample> studies, Function<StudySample, float[]> features) {
    return studies.parallelStream().map(features).toArray(float[][]::new);
  }

  private BaselineScores write() {
    BaselineScores scores =
        new BaselineScores(LocalDate.now(ZoneOffset.UTC).toString(), recipe.device(), entries);
    scores.write(base.resolve(recipe.output()).normalize());
    return scores;
  }
}
