package io.precordia.fhir;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A search parameter of a resource type, as the capability statement names it and as searches
 * evaluate it.
 *
 * @param test makes the condition of one value; throws INVALID_ARGUMENT for a value that it does
 *     not understand
 * @param times of a resource, by which results can be sorted; null if it is no time
 */
record SearchParam(
    String name,
    SearchParamType type,
    String documentation,
    Function<String, Predicate<Resource>> test,
    @Nullable Function<Resource, List<DateRange>> times) {
  /** A parameter that is no time. */
  SearchParam(
      String name,
      SearchParamType type,
      String documentation,
      Function<String, Predicate<Resource>> test) {
    this(name, type, documentation, test, null);
  }
}
