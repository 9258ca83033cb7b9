package io.precordia.fhir;

import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** An operation of ImagingStudy, on one study or on the type. It changes nothing. */
interface Operation {
  /** Name without the dollar sign. */
  String name();

  /**
   * Answers it.
   *
   * @param study id of the ImagingStudy that it is invoked on; null on the type
   * @throws io.precordia.error.PrecordiaException by what is wrong with the input
   */
  Resource invoke(String base, @Nullable String study, OperationInput input);

  /** Its definition, without id and URL. */
  OperationDefinition definition();
}
