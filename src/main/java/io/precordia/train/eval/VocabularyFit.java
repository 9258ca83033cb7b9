package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Chooses the cosine below which a label counts as untrained. Each trained wording is held out and
 * compared with the rest; of a list of terms that no training text holds, every other one helps to
 * choose, the rest only measures. The threshold is the middle of those with the best mean of both
 * shares.
 */
final class VocabularyFit {
  private static final String UNRELATED = "unrelated-terms.txt";
  private static final int STEPS = 200;
  private final FactVocabulary facts;

  VocabularyFit(FactVocabulary facts) {
    this.facts = facts;
  }

  KnownVocabulary fit(Modality modality, BranchEmbedder embedder) {
    Set<String> phrases = new LinkedHashSet<>();
    for (Fact fact : facts.of(modality)) {
      phrases.addAll(fact.phrases());
      phrases.addAll(fact.denials());
    }
    List<String> known = List.copyOf(phrases);
    float[][] vectors = embed(known, embedder);
    double[] held =
        IntStream.range(0, vectors.length)
            .mapToDouble(i -> KnownVocabulary.nearest(vectors[i], without(vectors, i)))
            .toArray();
    float[][] unrelated = embed(unrelated(), embedder);
    double[] choosing = every(unrelated, 0, vectors);
    double[] measuring = every(unrelated, 1, vectors);
    double best = -1;
    double from = 0;
    double to = 0;
    for (int i = 0; i <= STEPS; i++) {
      double threshold = (double) i / STEPS;
      double mean = (reached(held, threshold) + 1 - reached(choosing, threshold)) / 2;
      if (mean > best + 1e-12) {
        best = mean;
        from = threshold;
      }
      if (mean > best - 1e-12) {
        to = threshold;
      }
    }
    double threshold = (from + to) / 2;
    return new KnownVocabulary(
        modality, threshold, reached(held, threshold), 1 - reached(measuring, threshold), known);
  }

  private static float[][] embed(List<String> phrases, BranchEmbedder embedder) {
    return embedder.texts(phrases.stream().map(KnownVocabulary::sentence).toList());
  }

  private static float[][] without(float[][] all, int left) {
    List<float[]> out = new ArrayList<>(List.of(all));
    out.remove(left);
    return out.toArray(float[][]::new);
  }

  private static double[] every(float[][] vectors, int parity, float[][] known) {
    return IntStream.range(0, vectors.length)
        .filter(i -> i % 2 == parity)
        .mapToDouble(i -> KnownVocabulary.nearest(vectors[i], known))
        .toArray();
  }

  private static double reached(double[] values, double threshold) {
    int n = 0;
    for (double v : values) {
      n += v >= threshold ? 1 : 0;
    }
    return values.length == 0 ? 0 : (double) n / values.length;
  }

  private static List<String> unrelated() {
    try (InputStream in =
        Objects.requireNonNull(VocabularyFit.class.getResourceAsStream(UNRELATED))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
