package io.precordia.train.folder;

import io.precordia.error.ErrorCode;
import io.precordia.study.Modality;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes and embeds files and texts exactly as the service does. */
public interface Evidence {
  /**
   * One file's vectors, or why it has none.
   *
   * @param modality null without vectors
   * @param vectors one, or one for each window of an ECG
   * @param fault null where there are vectors
   */
  record Embedded(@Nullable Modality modality, List<float[]> vectors, @Nullable ErrorCode fault) {
    public Embedded {
      vectors = List.copyOf(vectors);
    }
  }

  /** In the order of the files. */
  List<Embedded> files(List<Path> files);

  /** A report's vector; null if nothing in it can be embedded. */
  float @Nullable [] report(String text);

  /** How much denials count against assertions in these weights. */
  double denialWeight();

  /** Unit vectors of prompts. */
  float[][] texts(List<String> texts);
}
