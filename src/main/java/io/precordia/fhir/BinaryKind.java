package io.precordia.fhir;

import io.precordia.ingest.Part;
import io.precordia.store.InstanceRecord;
import jakarta.inject.Singleton;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;

/**
 * The files of a kept instance exactly as they came: {@code Binary/ID} the first, {@code
 * Binary/ID-2} the second of a WFDB record, and so on.
 */
@Singleton
public class BinaryKind implements ResourceKind {
  private static final int ID_DIGITS = 32;
  private static final Map<String, String> TYPES =
      Map.of(
          "dicom", "application/dicom",
          "png", "image/png",
          "jpeg", "image/jpeg",
          "csv", "text/csv",
          "aecg", "application/xml",
          "cda", "application/xml",
          "hl7v2", "x-application/hl7-v2+er7",
          "fhir", "application/fhir+json",
          "text", "text/plain");
  private final Kept kept;

  BinaryKind(Kept kept) {
    this.kept = kept;
  }

  @Override
  public String type() {
    return "Binary";
  }

  @Override
  public Optional<Resource> read(String id) {
    if (id.length() < ID_DIGITS || !id.substring(ID_DIGITS).matches("(-[1-9][0-9]?)?")) {
      return Optional.empty();
    }
    int part = id.length() == ID_DIGITS ? 1 : Integer.parseInt(id.substring(ID_DIGITS + 1));
    return kept.instance(id.substring(0, ID_DIGITS))
        .flatMap(instance -> binary(id, instance, part - 1));
  }

  private Optional<Resource> binary(String id, InstanceRecord instance, int part) {
    List<Part> files = kept.records().files(instance.id());
    if (part >= files.size()) {
      return Optional.empty();
    }
    Binary binary = new Binary();
    binary.setId(id);
    binary.getMeta().setLastUpdated(Date.from(instance.received()));
    binary.setContentType(
        files.size() > 1
            ? "application/octet-stream"
            : TYPES.getOrDefault(
                instance.format().toLowerCase(Locale.ROOT), "application/octet-stream"));
    binary.setData(files.get(part).bytes());
    return Optional.of(binary);
  }

  @Override
  public List<Resource> at(InstanceRecord instance) {
    return List.of();
  }

  @Override
  public List<SearchParam> parameters() {
    return List.of();
  }

  @Override
  public boolean searchable() {
    return false;
  }
}
