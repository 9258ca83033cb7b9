package io.precordia.api.view;

import io.precordia.study.ModelRef;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Vectors of one input, or why there are none. */
@Schema(
    description =
        "Vectors of one input (unit length; one, or one for each window of a long ECG), or why there are none.")
public record EmbeddingItem(
    @Schema(description = "Position in the request") int index,
    @Schema(description = "File name as sent, or instance id") @Nullable String name,
    @Nullable String modality,
    @Nullable String format,
    @Nullable List<float[]> vectors,
    @Nullable FlagView error,
    @Schema(description = "What made it, where a request names models item by item")
        @Nullable ModelRef model) {
  public EmbeddingItem(
      int index,
      @Nullable String name,
      @Nullable String modality,
      @Nullable String format,
      @Nullable List<float[]> vectors,
      @Nullable FlagView error) {
    this(index, name, modality, format, vectors, error, null);
  }

  /** The same at another place, with its own provenance. */
  public EmbeddingItem at(int place, ModelRef by) {
    return new EmbeddingItem(place, name, modality, format, vectors, error, by);
  }

  public static EmbeddingItem failed(int index, @Nullable String name, FlagView error) {
    return new EmbeddingItem(index, name, null, null, null, error);
  }
}
