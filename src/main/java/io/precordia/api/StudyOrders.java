package io.precordia.api;

import io.precordia.api.view.StudyOrder;
import io.precordia.dicom.DicomHeader;
import io.precordia.store.InstanceRecord;
import io.precordia.store.StudyRecord;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.catalogue.CatalogueEntry;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The order that a study fulfils, by its Study Instance UID, else by a number of its objects. */
final class StudyOrders {
  private static final int ACCESSION = 0x00080050;
  private final Workspace workspace;

  StudyOrders(Workspace workspace) {
    this.workspace = workspace;
  }

  Optional<StudyOrder> of(StudyRecord study) {
    if (workspace.orders().of(study.subject()).isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>();
    for (InstanceRecord instance : study.instances()) {
      add(names, instance.joined());
      add(names, instance.identity().study());
    }
    study.instances().stream()
        .filter(i -> i.format().equals("dicom"))
        .findFirst()
        .flatMap(i -> workspace.catalogue().ofInstance(i.id()))
        .map(CatalogueEntry::header)
        .map((DicomHeader h) -> h.text(ACCESSION))
        .ifPresent(names::add);
    return names.stream()
        .map(name -> workspace.orders().ofStudy(study.subject(), name))
        .flatMap(Optional::stream)
        .findFirst()
        .map(StudyOrder::of);
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name);
    }
  }
}
