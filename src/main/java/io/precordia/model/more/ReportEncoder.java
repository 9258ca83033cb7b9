package io.precordia.model.more;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Encoder;
import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TextEmbedding;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Report transformer with masked mean pooling: the embedding of a text does not depend on how far
 * its batch is padded (specification 1.12, trap 1). A pooler is declared where the configuration
 * has one, because RoBERTa checkpoints carry it, but it is not used.
 */
final class ReportEncoder implements Layer {
  private final MoreConfig.Text config;
  private final TextEmbedding embedding;
  private final Encoder encoder;

  ReportEncoder(MoreConfig.Text config) {
    this.config = config;
    int width = config.encoder().width();
    this.embedding =
        new TextEmbedding(
            "report.embeddings",
            config.vocabulary(),
            config.positions(),
            config.positionOffset(),
            config.tokenTypes(),
            width,
            config.encoder().eps());
    this.encoder = new Encoder("report", config.encoder());
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    embedding.declare(sink);
    encoder.declare(sink);
    if (config.pooler()) {
      int width = config.encoder().width();
      new Linear("report.pooler", width, width, true).declare(sink);
    }
  }

  /** Ids without padding to pooled states [n, width]. */
  Tensor apply(Forward f, int[][] reports) {
    Encoded encoded = encoded(f, reports);
    return encoded.mask() == null
        ? f.ops().mean(encoded.states(), 1)
        : f.ops().maskedMean(encoded.states(), encoded.mask());
  }

  /** Ids without padding to states [n, longest, width]; those at padding mean nothing. */
  Tensor states(Forward f, int[][] reports) {
    return encoded(f, reports).states();
  }

  /** States, and a mask [n, longest] unless all texts are equally long. */
  private record Encoded(Tensor states, @Nullable Tensor mask) {}

  private Encoded encoded(Forward f, int[][] reports) {
    int longest = 0;
    boolean equal = true;
    for (int[] ids : reports) {
      if (ids.length == 0 || ids.length > config.maxTokens()) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT,
            "a report must have 1 to " + config.maxTokens() + " tokens, not " + ids.length);
      }
      equal &= longest == 0 || ids.length == longest;
      longest = Math.max(longest, ids.length);
    }
    int[] padded = new int[reports.length * longest];
    float[] mask = new float[padded.length];
    for (int i = 0; i < reports.length; i++) {
      for (int j = 0; j < reports[i].length; j++) {
        padded[i * longest + j] = checked(reports[i][j]);
        mask[i * longest + j] = 1;
      }
    }
    Tensor x = embedding.apply(f, f.ops().upload(padded, reports.length, longest));
    if (equal) {
      return new Encoded(encoder.apply(f, x, null), null);
    }
    Tensor keyMask = f.ops().upload(mask, reports.length, longest);
    return new Encoded(encoder.apply(f, x, keyMask), keyMask);
  }

  private int checked(int id) {
    if (id < 0 || id >= config.vocabulary()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "token id " + id + " is outside the vocabulary");
    }
    return id;
  }
}
