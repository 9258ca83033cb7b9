package io.precordia.fhir;

import java.util.function.Function;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;

/**
 * A search parameter of a resource type, as the capability statement names it and as searches
 * evaluate it.
 *
 * @param test makes the condition of one value; throws INVALID_ARGUMENT for a value that it does
 *     not understand
 */
record SearchParam(
    String name,
    SearchParamType type,
    String documentation,
    Function<String, Predicate<Resource>> test) {}
