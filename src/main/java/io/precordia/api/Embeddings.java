package io.precordia.api;

import io.precordia.api.view.EmbeddingItem;
import io.precordia.api.view.EmbeddingsAnswer;
import io.precordia.api.view.FlagView;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.ContentEmbedder;
import io.precordia.ingest.FileDecoder;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.model.Encoder;
import io.precordia.study.Content;
import io.precordia.study.Decoded;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Report;
import io.precordia.workspace.Records;
import java.util.ArrayList;
import java.util.List;

/** From files, texts and kept instances to vectors. Nothing is kept. Thread-safe. */
public final class Embeddings {
  private static final int TEXT_CHARACTERS = 100_000;
  private final Encoder encoder;
  private final FileDecoder decoder;
  private final ContentEmbedder embedder;

  public Embeddings(Encoder encoder, FileDecoder decoder) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.embedder = new ContentEmbedder(encoder, Integer.MAX_VALUE);
  }

  public Encoder encoder() {
    return encoder;
  }

  /** One item for each group of files that belong together. */
  public EmbeddingsAnswer files(List<Part> files) {
    List<EmbeddingItem> items = new ArrayList<>();
    for (List<Part> group : FileGroups.of(files)) {
      String name = group.getFirst().name();
      try {
        items.add(
            item(items.size(), name, decoder.decode(new Submission(group, Identity.UNKNOWN))));
      } catch (PrecordiaException e) {
        items.add(
            EmbeddingItem.failed(
                items.size(), name, FlagView.of(e.code(), String.valueOf(e.getMessage()))));
      }
    }
    return answer(items);
  }

  /** One item for each text; blank or overlong ones fail alone. */
  public List<EmbeddingItem> texts(List<String> texts, int firstIndex) {
    List<EmbeddingItem> items = new ArrayList<>();
    List<String> good = new ArrayList<>();
    for (String text : texts) {
      if (isText(text)) {
        good.add(text);
      }
    }
    float[][] vectors = good.isEmpty() ? new float[0][] : encoder.embedTexts(good);
    int next = 0;
    for (String text : texts) {
      int index = firstIndex + items.size();
      items.add(
          isText(text)
              ? new EmbeddingItem(
                  index, null, Names.of(Modality.REPORT), null, List.of(vectors[next++]), null)
              : EmbeddingItem.failed(index, null, noText()));
    }
    return items;
  }

  /** One item for each kept instance. */
  public List<EmbeddingItem> instances(List<String> ids, Records records, int firstIndex) {
    List<EmbeddingItem> items = new ArrayList<>();
    for (String id : ids) {
      int index = firstIndex + items.size();
      try {
        items.add(item(index, id, records.decoded(id)));
      } catch (PrecordiaException e) {
        items.add(
            EmbeddingItem.failed(index, id, FlagView.of(e.code(), String.valueOf(e.getMessage()))));
      }
    }
    return items;
  }

  /** With provenance; an item says itself what made it where modalities have their own models. */
  public EmbeddingsAnswer answer(List<EmbeddingItem> items) {
    return new EmbeddingsAnswer(
        items.stream().map(this::named).toList(), encoder.dimension(), encoder.ref());
  }

  /** What made an item. */
  ModelRef madeBy(EmbeddingItem item) {
    List<float[]> vectors = item.vectors();
    return item.modality() == null || vectors == null
        ? encoder.ref()
        : encoder.ref(Names.parse(Modality.class, item.modality(), "modality"), vectors);
  }

  private EmbeddingItem named(EmbeddingItem item) {
    if (item.modality() == null || item.model() != null) {
      return item;
    }
    ModelRef own = madeBy(item);
    return own.equals(encoder.ref()) ? item : item.at(item.index(), own);
  }

  /**
   * The content of one file, or files that belong together.
   *
   * @throws PrecordiaException with the code of the first flag when there is nothing that can be
   *     embedded
   */
  public Content content(List<Part> files) {
    return content(decoder.decode(new Submission(single(files), Identity.UNKNOWN)));
  }

  /** The contents of several files, one for each group of files that belong together. */
  public List<Content> contents(List<Part> files) {
    return FileGroups.of(files).stream().map(this::content).toList();
  }

  /** See {@link #content(List)}. */
  public static Content content(Decoded decoded) {
    Content content = decoded.content();
    if (content == null) {
      Flag reason = decoded.flags().getFirst();
      throw new PrecordiaException(reason.code(), reason.message());
    }
    return content;
  }

  /** Vectors of one content: one, or one for each window. */
  public List<float[]> vectors(Content content) {
    ContentEmbedder.Result result = embedder.embed(List.of(content)).getFirst();
    Flag flag = result.flag();
    if (flag != null) {
      throw new PrecordiaException(flag.code(), flag.message());
    }
    return result.vectors();
  }

  /** The vector of one text. */
  public float[] text(String text) {
    requireText(text);
    return encoder.embedTexts(List.of(text))[0];
  }

  private EmbeddingItem item(int index, String name, Decoded decoded) {
    Content content = content(decoded);
    return new EmbeddingItem(
        index, name, Names.of(content.modality()), decoded.format(), vectors(content), null);
  }

  private static List<Part> single(List<Part> files) {
    List<List<Part>> groups = FileGroups.of(files);
    if (groups.size() != 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "exactly one file is needed here (a WFDB header comes with its signal file); got "
              + groups.size());
    }
    return groups.getFirst();
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT if a text is blank or too long
   */
  static void requireText(String text) {
    if (!isText(text)) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, noText().message());
    }
  }

  private static boolean isText(String text) {
    return !text.isBlank() && text.length() <= TEXT_CHARACTERS;
  }

  private static FlagView noText() {
    return FlagView.of(
        ErrorCode.NO_TEXT,
        "a text needs 1 to " + TEXT_CHARACTERS + " characters that are not all blank");
  }

  /** A plain sentence as content. */
  public static Report report(String text) {
    return new Report(text, "", "");
  }
}
