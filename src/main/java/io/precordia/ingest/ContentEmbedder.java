package io.precordia.ingest;

import io.precordia.ecg.EcgWindows;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.report.ReportCleaner;
import io.precordia.study.Content;
import io.precordia.study.Ecg;
import io.precordia.study.Flag;
import io.precordia.study.Pixels;
import io.precordia.study.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns decoded contents into vectors, each modality in batches. A content that the encoder fails
 * on is flagged; the others are not touched.
 */
public final class ContentEmbedder {
  private static final int TRIES = 3;
  private final Encoder encoder;
  private final int batch;
  private final EcgWindows windows = new EcgWindows();
  private final ReportCleaner cleaner = new ReportCleaner();

  public ContentEmbedder(Encoder encoder, int batch) {
    this.encoder = encoder;
    this.batch = batch;
  }

  /** The vectors of one content, one per window, or the reason why there are none. */
  public record Result(List<float[]> vectors, @Nullable Flag flag) {}

  /** Results in the order of the contents. */
  public List<Result> embed(List<? extends Content> contents) {
    List<Job<Pixels>> xrays = new ArrayList<>();
    List<Job<Ecg>> ecgs = new ArrayList<>();
    List<Job<String>> texts = new ArrayList<>();
    @Nullable Flag[] flags = new Flag[contents.size()];
    for (int i = 0; i < contents.size(); i++) {
      int at = i;
      switch (contents.get(i)) {
        case Pixels pixels -> xrays.add(new Job<>(at, pixels));
        case Report report -> {
          String text = cleaner.embeddingText(report);
          if (text.isEmpty()) {
            flags[at] =
                new Flag(ErrorCode.NO_TEXT, "the report holds no sentence that can be embedded");
          } else {
            texts.add(new Job<>(at, text));
          }
        }
        case Ecg ecg -> {
          try {
            windows.cut(ecg).forEach(w -> ecgs.add(new Job<>(at, w)));
          } catch (PrecordiaException e) {
            flags[at] = new Flag(e.code(), String.valueOf(e.getMessage()));
          }
        }
      }
    }
    List<List<float[]>> vectors = new ArrayList<>();
    contents.forEach(c -> vectors.add(new ArrayList<>()));
    run(xrays, encoder::embedXrays, vectors, flags);
    run(ecgs, encoder::embedEcgs, vectors, flags);
    run(texts, encoder::embedTexts, vectors, flags);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      Flag flag = flags[i];
      results.add(
          flag != null
              ? new Result(List.of(), flag)
              : new Result(List.copyOf(vectors.get(i)), null));
    }
    return results;
  }

  private record Job<T>(int content, T input) {}

  private <T> void run(
      List<Job<T>> jobs,
      Function<List<T>, float[][]> model,
      List<List<float[]>> vectors,
      @Nullable Flag[] flags) {
    for (int from = 0; from < jobs.size(); from += batch) {
      List<Job<T>> part = jobs.subList(from, Math.min(jobs.size(), from + batch));
      try {
        accept(part, model.apply(inputs(part)), vectors);
      } catch (RuntimeException | OutOfMemoryError e) {
        // One of them may be the cause: each gets its own tries.
        part.forEach(job -> alone(job, model, vectors, flags));
      }
    }
  }

  private <T> void alone(
      Job<T> job,
      Function<List<T>, float[][]> model,
      List<List<float[]>> vectors,
      @Nullable Flag[] flags) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        accept(List.of(job), model.apply(List.of(job.input())), vectors);
        return;
      } catch (RuntimeException | OutOfMemoryError e) {
        if (e instanceof PrecordiaException p
            && (p.code() == ErrorCode.NOT_READY || p.code() == ErrorCode.CANCELLED)) {
          throw p;
        }
        flags[job.content()] =
            e instanceof PrecordiaException p && p.code() != ErrorCode.INTERNAL
                ? new Flag(p.code(), String.valueOf(p.getMessage()))
                : new Flag(
                    ErrorCode.INTERNAL,
                    "the encoder failed on this content "
                        + TRIES
                        + " times ("
                        + e.getClass().getSimpleName()
                        + ")");
      }
    }
  }

  private <T> void accept(List<Job<T>> jobs, float[][] made, List<List<float[]>> vectors) {
    if (made.length != jobs.size() || !Arrays.stream(made).allMatch(this::isUnit)) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL,
          "the encoder returned something that is not one unit vector per input");
    }
    for (int i = 0; i < made.length; i++) {
      vectors.get(jobs.get(i).content()).add(made[i]);
    }
  }

  private boolean isUnit(float[] vector) {
    double square = 0;
    for (float v : vector) {
      square += (double) v * v;
    }
    return vector.length == encoder.dimension() && Math.abs(square - 1) < 1e-3;
  }

  private static <T> List<T> inputs(List<Job<T>> jobs) {
    return jobs.stream().map(Job::input).toList();
  }
}
