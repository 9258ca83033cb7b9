package io.precordia.train.suite;

import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.report.ReportTokenizer;
import io.precordia.tensor.Ops;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.eval.WeightsEmbedder;
import io.precordia.train.export.ModelExport;
import io.precordia.weights.Checksums;
import java.nio.file.Path;

/**
 * A model folder ready to embed on the CPU. Close it after use.
 *
 * @param name id and version
 */
record Loaded(String name, WeightsEmbedder embedder, ReportTokenizer tokenizer, Ops ops)
    implements AutoCloseable {
  static Loaded open(Path folder) {
    Checksums.verify(folder);
    MoreFolder.Manifest manifest = MoreFolder.readConfig(folder);
    Ops ops = DjlOps.cpu();
    Forward forward =
        Forward.evaluation(
            ops,
            new FrozenParameters(ops, MoreFolder.readWeights(folder, manifest.config())),
            Adapters.NONE);
    ReportTokenizer tokenizer = ReportTokenizer.load(folder.resolve(ModelExport.TOKENIZER));
    return new Loaded(
        manifest.id() + " " + manifest.version(),
        new WeightsEmbedder(ops, new MoreModel(manifest.config()), forward, tokenizer),
        tokenizer,
        ops);
  }

  @Override
  public void close() {
    tokenizer.close();
    ops.close();
  }
}
