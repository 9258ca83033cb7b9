package io.precordia.api.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents of the Open Inference Protocol (KServe version 2, REST). */
public final class V2 {
  private V2() {}

  /** A tensor's name, type and shape; −1 for any size. */
  public record TensorMetadata(String name, String datatype, List<Long> shape) {}

  public record ServerMetadata(String name, String version, List<String> extensions) {}

  public record ModelMetadata(
      String name,
      List<String> versions,
      String platform,
      List<TensorMetadata> inputs,
      List<TensorMetadata> outputs) {}

  public record Ready(boolean ready) {}

  public record Live(boolean live) {}

  /**
   * One line of the repository index.
   *
   * @param state READY, LOADING or UNAVAILABLE
   * @param reason more about the state, empty if there is nothing to say
   */
  public record IndexEntry(String name, String version, String state, String reason) {}

  /** An input tensor; data are strings, images base64-coded. */
  public record InputTensor(
      @Nullable String name,
      @Nullable List<Long> shape,
      @Nullable String datatype,
      @Nullable Map<String, Object> parameters,
      @Nullable List<@Nullable String> data) {}

  /** What is wanted of the outputs; there is only one, so it is only checked. */
  public record RequestedOutput(@Nullable String name, @Nullable Map<String, Object> parameters) {}

  public record InferenceRequest(
      @Nullable String id,
      @Nullable Map<String, Object> parameters,
      @Nullable List<InputTensor> inputs,
      @Nullable List<RequestedOutput> outputs) {}

  public record OutputTensor(String name, String datatype, List<Long> shape, float[] data) {}

  public record InferenceResponse(
      @JsonProperty("model_name") String modelName,
      @JsonProperty("model_version") String modelVersion,
      @Nullable String id,
      Map<String, Object> parameters,
      List<OutputTensor> outputs) {}
}
