package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** In-parameters of an operation: of a Parameters body, or of the URL. */
final class OperationInput {
  private static final Set<String> FRAMING = Set.of("_format", "_pretty");

  private record Given(String name, @Nullable Type value) {}

  private final List<Given> given = new ArrayList<>();

  private OperationInput() {}

  static OperationInput of(Map<String, List<String>> query) {
    OperationInput input = new OperationInput();
    query.forEach(
        (name, values) -> {
          if (!FRAMING.contains(name)) {
            values.forEach(v -> input.given.add(new Given(name, new StringType(v))));
          }
        });
    return input;
  }

  /**
   * @throws PrecordiaException INVALID_REQUEST if the body is no Parameters resource
   */
  static OperationInput of(Resource body) {
    if (!(body instanceof Parameters parameters)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the body of an operation must be a Parameters resource");
    }
    OperationInput input = new OperationInput();
    for (Parameters.ParametersParameterComponent p : parameters.getParameter()) {
      input.given.add(new Given(p.getName() == null ? "" : p.getName(), p.getValue()));
    }
    return input;
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT if a parameter has another name than these
   */
  void only(Set<String> names) {
    if (given.stream().anyMatch(g -> !names.contains(g.name()))) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "unknown parameter; known: " + String.join(", ", names.stream().sorted().toList()));
    }
  }

  List<String> texts(String name) {
    List<String> values = new ArrayList<>();
    for (Given g : given) {
      if (g.name().equals(name)) {
        String value =
            g.value() == null
                ? null
                : g.value() instanceof Reference r
                    ? r.getReference()
                    : g.value().isPrimitive() ? g.value().primitiveValue() : null;
        if (value == null) {
          throw new PrecordiaException(
              ErrorCode.INVALID_ARGUMENT, "the parameter " + name + " needs a plain value");
        }
        values.add(value);
      }
    }
    return values;
  }

  @Nullable String text(String name) {
    List<String> values = texts(name);
    if (values.size() > 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "the parameter " + name + " may be given once");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  @Nullable Integer number(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (!text.strip().matches("[0-9]{1,9}")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "the parameter " + name + " must be a whole number");
    }
    return Integer.valueOf(text.strip());
  }

  /** Files given as attachments; those of one WFDB record together. */
  List<Part> files(String name) {
    List<Part> files = new ArrayList<>();
    for (Given g : given) {
      if (g.name().equals(name)) {
        if (!(g.value() instanceof Attachment attachment) || attachment.getData() == null) {
          throw new PrecordiaException(
              ErrorCode.INVALID_ARGUMENT,
              "the parameter " + name + " needs an Attachment that holds its data");
        }
        files.add(
            new Part(
                attachment.hasTitle() ? attachment.getTitle() : "attachment",
                attachment.getData()));
      }
    }
    return files;
  }
}
