package io.precordia.fhir;

import io.precordia.api.DoorProblems;
import io.precordia.api.Problem;
import io.precordia.error.ErrorCode;
import jakarta.inject.Singleton;

/** Errors of the HTTP layer below /fhir as OperationOutcome in JSON. */
@Singleton
public class FhirProblems implements DoorProblems {
  private final FhirCodec codec;

  FhirProblems(FhirCodec codec) {
    this.codec = codec;
  }

  @Override
  public boolean owns(String path) {
    return path.equals("/fhir") || path.startsWith("/fhir/");
  }

  @Override
  public String mediaType() {
    return FhirFormat.JSON.mediaType();
  }

  @Override
  public String body(Problem problem) {
    ErrorCode code = ErrorCode.ofId(problem.code()).orElse(ErrorCode.INTERNAL);
    return codec.write(Outcomes.error(code, problem.detail()), FhirFormat.JSON, false);
  }
}
