package io.precordia.cli;

import io.precordia.api.Embeddings;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.ContentEmbedder;
import io.precordia.ingest.FileDecoder;
import io.precordia.ingest.StandardDecoders;
import io.precordia.ingest.Submission;
import io.precordia.model.Encoder;
import io.precordia.report.ReportSections;
import io.precordia.study.Content;
import io.precordia.study.Decoded;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.train.eval.Calibration;
import io.precordia.train.folder.Evidence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The decoders and the embedding of the service, for an evaluation on somebody's folder. */
final class ServiceEvidence implements Evidence {
  private static final int BATCH = 32;
  private final Encoder encoder;
  private final Calibration calibration;
  private final FileDecoder decoder = StandardDecoders.create();
  private final ContentEmbedder embedder;

  ServiceEvidence(Encoder encoder, Calibration calibration) {
    this.encoder = encoder;
    this.calibration = calibration;
    this.embedder = new ContentEmbedder(encoder, BATCH);
  }

  /** Content, or the error code of a file that has none. */
  private record Opened(@Nullable Content content, @Nullable ErrorCode fault) {}

  @Override
  public List<Embedded> files(List<Path> files) {
    List<Opened> opened = files.parallelStream().map(this::open).toList();
    Iterator<ContentEmbedder.Result> results =
        embedder
            .embed(opened.stream().map(Opened::content).filter(Objects::nonNull).toList())
            .iterator();
    List<Embedded> out = new ArrayList<>();
    for (Opened one : opened) {
      Content content = one.content();
      if (content == null) {
        out.add(new Embedded(null, List.of(), one.fault()));
        continue;
      }
      ContentEmbedder.Result result = results.next();
      Flag flag = result.flag();
      out.add(
          flag == null
              ? new Embedded(content.modality(), result.vectors(), null)
              : new Embedded(null, List.of(), flag.code()));
    }
    return out;
  }

  @Override
  public double denialWeight() {
    return calibration.denialWeight();
  }

  private Opened open(Path file) {
    try {
      Decoded decoded =
          decoder.decode(new Submission(LocalFiles.read(List.of(file)), Identity.UNKNOWN));
      return new Opened(Embeddings.content(decoded), null);
    } catch (PrecordiaException e) {
      return new Opened(null, e.code());
    }
  }

  @Override
  public float @Nullable [] report(String text) {
    ContentEmbedder.Result result = embedder.embed(List.of(ReportSections.split(text))).getFirst();
    return result.flag() == null ? result.vectors().getFirst() : null;
  }

  @Override
  public float[][] texts(List<String> texts) {
    return encoder.embedTexts(texts);
  }
}
