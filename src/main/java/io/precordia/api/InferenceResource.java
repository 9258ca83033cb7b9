package io.precordia.api;

import io.precordia.api.view.V2;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import io.precordia.model.Encoder;
import io.precordia.study.ModelRef;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The Open Inference Protocol (KServe version 2, REST): one model, with any adapter of it, from
 * texts or from image files to unit vectors.
 */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Open Inference Protocol")
public class InferenceResource {
  private static final String TEXT = "text";
  private static final String IMAGE = "image";
  private static final String EMBEDDING = "embedding";
  private static final int MOST_ROWS = 1000;
  private final EngineHolder holder;

  InferenceResource(EngineHolder holder) {
    this.holder = holder;
  }

  @GET
  @Operation(operationId = "v2Server", summary = "Server metadata")
  public V2.ServerMetadata server() {
    return new V2.ServerMetadata("precordia", "1", List.of("model_repository"));
  }

  @GET
  @Path("/health/live")
  @Operation(operationId = "v2Live", summary = "Whether the server runs")
  public V2.Live live() {
    return new V2.Live(true);
  }

  @GET
  @Path("/health/ready")
  @Operation(operationId = "v2Ready", summary = "Whether the model answers")
  public V2.Ready ready() {
    holder.engine();
    return new V2.Ready(true);
  }

  @GET
  @Path("/models/{model}")
  @Operation(operationId = "v2Model", summary = "Model metadata")
  public V2.ModelMetadata model(@PathParam("model") String model) {
    try (Questions questions = holder.ask(model)) {
      Encoder encoder = questions.embeddings().encoder();
      return new V2.ModelMetadata(
          model,
          List.of(version(encoder.ref())),
          "precordia",
          List.of(
              new V2.TensorMetadata(TEXT, "BYTES", List.of(-1L)),
              new V2.TensorMetadata(IMAGE, "BYTES", List.of(-1L))),
          List.of(
              new V2.TensorMetadata(EMBEDDING, "FP32", List.of(-1L, (long) encoder.dimension()))));
    }
  }

  @GET
  @Path("/models/{model}/ready")
  @Operation(operationId = "v2ModelReady", summary = "Whether the addressed model answers")
  public V2.Ready modelReady(@PathParam("model") String model) {
    try (Questions questions = holder.ask(model)) {
      return new V2.Ready(questions.embeddings().encoder().dimension() > 0);
    }
  }

  @POST
  @Path("/models/{model}/infer")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "v2Infer",
      summary = "Texts or image files to unit vectors",
      description =
          "One input: `text` (BYTES [n], strings) or `image` (BYTES [n], files in base64). Address an adapter as MODEL@NAME.")
  public V2.InferenceResponse infer(
      @PathParam("model") String model, V2.@Nullable InferenceRequest body) {
    V2.InferenceRequest request = Bodies.required(body);
    List<V2.InputTensor> inputs = request.inputs() == null ? List.of() : request.inputs();
    if (inputs.size() != 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "exactly one input is needed: text or image");
    }
    V2.InputTensor input = inputs.getFirst();
    List<String> data = Bodies.strings(input.data(), "data", MOST_ROWS);
    if (!"BYTES".equals(input.datatype())
        || input.shape() == null
        || !input.shape().equals(List.of((long) data.size()))
        || data.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "the input needs datatype BYTES, a shape [n] and n strings of data");
    }
    if (request.outputs() != null
        && request.outputs().stream().anyMatch(o -> !EMBEDDING.equals(o.name()))) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the only output is called " + EMBEDDING);
    }
    try (Questions questions = holder.ask(model)) {
      // before any row ran: which members a router then chooses is no part of the version
      String version = version(questions.embeddings().encoder().ref());
      List<float[]> rows = rows(questions.embeddings(), String.valueOf(input.name()), data);
      Encoder encoder = questions.embeddings().encoder();
      int width = encoder.dimension();
      float[] flat = new float[rows.size() * width];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, flat, i * width, width);
      }
      return new V2.InferenceResponse(
          model,
          version,
          request.id(),
          Map.of("model_sha256", encoder.ref().sha256(), "adapters", encoder.ref().adapters()),
          List.of(
              new V2.OutputTensor(
                  EMBEDDING, "FP32", List.of((long) rows.size(), (long) width), flat)));
    }
  }

  private static List<float[]> rows(Embeddings embeddings, String name, List<String> data) {
    return switch (name) {
      case TEXT -> {
        for (String text : data) {
          Embeddings.requireText(text);
        }
        yield List.of(embeddings.encoder().embedTexts(data));
      }
      case IMAGE -> {
        List<float[]> out = new ArrayList<>();
        for (String file : data) {
          out.add(
              embeddings
                  .vectors(embeddings.content(List.of(new Part("image", decoded(file)))))
                  .getFirst());
        }
        yield out;
      }
      default ->
          throw new PrecordiaException(
              ErrorCode.INVALID_REQUEST, "no such input; there are text and image");
    };
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "an image is no base64", e);
    }
  }

  /** Version of the weights, and behind it the digests of adapters, with weights other than 1. */
  private static String version(ModelRef ref) {
    StringBuilder out = new StringBuilder(ref.version());
    for (ModelRef.AdapterRef adapter : ref.adapters()) {
      out.append('+').append(adapter.sha256(), 0, 12);
      if (adapter.weight() != 1) {
        out.append('*').append(adapter.weight());
      }
    }
    return out.toString();
  }
}
