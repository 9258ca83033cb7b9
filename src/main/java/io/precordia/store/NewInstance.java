package io.precordia.store;

import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import io.precordia.study.ObjectHeader;
import io.precordia.study.OrderNumbers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance to keep. Fields as in {@link InstanceRecord}.
 *
 * @param vectors one unit vector per window; empty if it is flagged
 * @param model digest of the model that made the vectors, null if there are none
 * @param numbers of the order that a report answers
 * @param identifiers of a report itself, as {@code system|value}
 * @param dicom what the catalogue of DICOM objects keeps of it, null if it is none
 */
public record NewInstance(
    String id,
    String study,
    String subject,
    InstanceStatus status,
    @Nullable Modality modality,
    String format,
    Identity identity,
    @Nullable String text,
    List<Flag> flags,
    List<String> partNames,
    long bytes,
    List<float[]> vectors,
    @Nullable String model,
    @Nullable ObjectHeader dicom,
    OrderNumbers numbers,
    List<String> identifiers) {
  public NewInstance {
    flags = List.copyOf(flags);
    partNames = List.copyOf(partNames);
    vectors = List.copyOf(vectors);
    identifiers = List.copyOf(identifiers);
    if (status == InstanceStatus.FLAGGED
        ? flags.isEmpty() || !vectors.isEmpty()
        : vectors.isEmpty() || model == null) {
      throw new IllegalArgumentException(
          "a flagged instance has a reason and no vector, a stored one has vectors and their model");
    }
  }

  /** An instance that names no order. */
  public NewInstance(
      String id,
      String study,
      String subject,
      InstanceStatus status,
      @Nullable Modality modality,
      String format,
      Identity identity,
      @Nullable String text,
      List<Flag> flags,
      List<String> partNames,
      long bytes,
      List<float[]> vectors,
      @Nullable String model,
      @Nullable ObjectHeader dicom) {
    this(
        id,
        study,
        subject,
        status,
        modality,
        format,
        identity,
        text,
        flags,
        partNames,
        bytes,
        vectors,
        model,
        dicom,
        OrderNumbers.NONE,
        List.of());
  }

  /** An instance that is no DICOM object. */
  public NewInstance(
      String id,
      String study,
      String subject,
      InstanceStatus status,
      @Nullable Modality modality,
      String format,
      Identity identity,
      @Nullable String text,
      List<Flag> flags,
      List<String> partNames,
      long bytes,
      List<float[]> vectors,
      @Nullable String model) {
    this(
        id, study, subject, status, modality, format, identity, text, flags, partNames, bytes,
        vectors, model, null);
  }
}
