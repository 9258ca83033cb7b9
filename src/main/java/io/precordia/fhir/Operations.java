package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.inject.Singleton;
import java.util.List;
import org.hl7.fhir.r4.model.OperationDefinition;

/** The operations that are served, and their definitions. */
@Singleton
public class Operations {
  private final List<Operation> all;

  Operations(SimilarOperation similar, ClassifyOperation classify) {
    this.all = List.of(similar, classify);
  }

  List<Operation> all() {
    return all;
  }

  /**
   * @throws PrecordiaException NOT_FOUND
   */
  Operation of(String name) {
    return all.stream()
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PrecordiaException(
                    ErrorCode.NOT_FOUND,
                    "no such operation; /fhir/metadata lists those of ImagingStudy"));
  }

  static String url(String base, Operation operation) {
    return base + "/OperationDefinition/" + operation.name();
  }

  OperationDefinition definition(String base, String name) {
    Operation operation = of(name);
    OperationDefinition definition = operation.definition();
    definition.setId(operation.name());
    definition.setUrl(url(base, operation));
    return definition;
  }
}
