package io.precordia.fhir;

import io.precordia.store.InstanceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** One resource type: what of it is served, read by id or found by searching. Thread-safe. */
interface ResourceKind {
  /** Name of the resource type. */
  String type();

  /** The resource with this id, with {@code meta.lastUpdated} where it has one. */
  Optional<Resource> read(String id);

  /**
   * The resources that belong to a kept instance, in a stable order. What stands for several
   * instances (a patient, a study) belongs to the first of them, so that a walk through all
   * instances meets every resource once.
   */
  List<Resource> at(InstanceRecord instance);

  /** Resources that belong to no instance. */
  default List<Resource> others() {
    return List.of();
  }

  /**
   * The instances whose resources may have an identifier, found by an index.
   *
   * @param identifier {@code value} or {@code system|value}, as a search gives it
   */
  default List<InstanceRecord> identified(String identifier) {
    return List.of();
  }

  /** Whether {@link #identified} finds everything that has an identifier given in this form. */
  default boolean indexesIdentifier(String identifier) {
    return false;
  }

  /** What _include may name, with the references that each follows. */
  default Map<String, Function<Resource, List<Reference>>> includes() {
    return Map.of();
  }

  /** Called before a search begins to count its time: what is computed once for all resources. */
  default void prepare() {}

  /** What it can be searched by beside _id, _lastUpdated and the patient. */
  List<SearchParam> parameters();

  /** Whether its resources are about a patient, so that they can be searched by one. */
  default boolean ofPatient() {
    return true;
  }

  /** Whether it can be searched at all. */
  default boolean searchable() {
    return true;
  }

  /** Whether clients may create it. */
  default boolean creatable() {
    return false;
  }
}
