package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the interaction of a request by its method and path (FHIR R4 section 3.1.0). */
@Singleton
public class FhirService {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
  private static final String DEFINITIONS = "OperationDefinition";
  private static final String METADATA = "metadata";
  private final Reads reads;
  private final Creates creates;
  private final Operations operations;
  private final Capability capability;
  private final FhirCodec codec;

  FhirService(
      Reads reads, Creates creates, Operations operations, Capability capability, FhirCodec codec) {
    this.reads = reads;
    this.creates = creates;
    this.operations = operations;
    this.capability = capability;
    this.codec = codec;
  }

  /**
   * Answers one interaction other than a bundle.
   *
   * @throws PrecordiaException what an OperationOutcome will say
   */
  FhirAnswer answer(FhirRequest request) {
    if (!METHODS.contains(request.method())) {
      throw new PrecordiaException(
          ErrorCode.METHOD_NOT_ALLOWED,
          "only GET and POST are served: nothing is changed or deleted here");
    }
    boolean get = !request.method().equals("POST");
    List<String> path = request.path();
    String last = path.isEmpty() ? "" : path.getLast();
    if (path.size() >= 2 && path.size() <= 3 && last.startsWith("$")) {
      return operation(request, path.size() == 3 ? path.get(1) : null, last.substring(1), get);
    }
    if (path.size() == 1 && path.getFirst().equals(METADATA)) {
      getOnly(get);
      return FhirAnswer.ok(capability.statement(request.base()));
    }
    if (path.size() == 2 && path.getFirst().equals(DEFINITIONS)) {
      getOnly(get);
      return FhirAnswer.ok(operations.definition(request.base(), last));
    }
    return switch (path.size()) {
      case 1 -> get ? reads.search(request, last) : creates.create(request, last);
      case 2 -> {
        if (last.equals("_search") && !get) {
          yield reads.search(withForm(request), path.getFirst());
        }
        getOnly(get);
        yield reads.read(request, path.getFirst(), last, null);
      }
      case 4 -> {
        getOnly(get);
        if (!path.get(2).equals("_history")) {
          throw noRoute();
        }
        yield reads.read(request, path.getFirst(), path.get(1), last);
      }
      default -> throw noRoute();
    };
  }

  private FhirAnswer operation(FhirRequest request, @Nullable String id, String name, boolean get) {
    if (!request.segment(0).equals("ImagingStudy")) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "operations are served on ImagingStudy only");
    }
    Operation operation = operations.of(name);
    OperationInput input =
        get
            ? OperationInput.of(request.query())
            : OperationInput.of(codec.parse(request.body(), request.bodyFormat()));
    return FhirAnswer.ok(operation.invoke(request.base(), id, input));
  }

  private static void getOnly(boolean get) {
    if (!get) {
      throw new PrecordiaException(
          ErrorCode.METHOD_NOT_ALLOWED, "this address can be read and not written");
    }
  }

  private static PrecordiaException noRoute() {
    return new PrecordiaException(
        ErrorCode.NOT_FOUND, "no such address; /fhir/metadata lists what is served");
  }

  private static FhirRequest withForm(FhirRequest request) {
    String type = request.header("content-type");
    if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT, "_search takes application/x-www-form-urlencoded");
    }
    Map<String, List<String>> query = new LinkedHashMap<>();
    request.query().forEach((name, values) -> query.put(name, new ArrayList<>(values)));
    parameters(new String(request.body(), StandardCharsets.UTF_8))
        .forEach(
            (name, values) -> query.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values));
    return new FhirRequest(
        request.method(), request.base(), request.path(), query, request.headers(), request.body());
  }

  /**
   * Parameters of a query string or form.
   *
   * @throws PrecordiaException INVALID_REQUEST
   */
  static Map<String, List<String>> parameters(String encoded) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : encoded.split("&")) {
      if (!pair.isBlank()) {
        String[] sides = pair.split("=", 2);
        try {
          query
              .computeIfAbsent(
                  URLDecoder.decode(sides[0], StandardCharsets.UTF_8), n -> new ArrayList<>())
              .add(sides.length == 1 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw new PrecordiaException(
              ErrorCode.INVALID_REQUEST, "the parameters are not encoded as a URL wants it", e);
        }
      }
    }
    return query;
  }
}
