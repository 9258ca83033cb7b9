package io.precordia.api;

import io.precordia.api.view.ExportManifest;
import io.precordia.dicom.deid.SubjectSecret;
import io.precordia.error.PrecordiaException;
import io.precordia.index.FilterExpression;
import io.precordia.store.InstanceRecord;
import io.precordia.workspace.Records;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.exports.DeidentificationProfiles;
import io.precordia.workspace.exports.ExportSelection;
import io.precordia.workspace.exports.ExportedFile;
import io.precordia.workspace.exports.Exporter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Exports of a workspace. Thread-safe. */
public final class Exports {
  private final Records records;
  private final DeidentificationProfiles profiles;
  private final Exporter exporter;

  Exports(Workspace workspace, DeidentificationProfiles profiles) {
    this.records = workspace.records();
    this.profiles = profiles;
    this.exporter =
        new Exporter(records, profiles, new SubjectSecret(workspace.deidentificationSecret()));
  }

  /** Files of one instance; see {@link Exporter#files}. */
  List<ExportedFile> files(String instance, @Nullable String profile) {
    return exporter.files(records.instance(instance), profile);
  }

  /** The words of a report for shared views. */
  String sharedText(InstanceRecord instance) {
    return exporter.sharedText(instance);
  }

  /**
   * Checks that an export can begin.
   *
   * @throws PrecordiaException INVALID_ARGUMENT, NOT_FOUND
   */
  void check(ExportBody body) {
    if (body.deidentify() != null) {
      profiles.of(body.deidentify());
    }
    ExportSelection selection = selection(body);
    selection.instances().forEach(records::instance);
    selection.studies().forEach(records::study);
  }

  /**
   * Hands out the files one by one; what cannot be given out is named in the answer.
   *
   * @throws PrecordiaException INVALID_ARGUMENT, NOT_FOUND
   */
  public ExportManifest write(ExportBody body, Consumer<ExportedFile> sink) {
    check(body);
    List<ExportManifest.Refused> refused = new ArrayList<>();
    int[] count = new int[2];
    selection(body)
        .each(
            records,
            instance -> {
              count[0]++;
              try {
                for (ExportedFile file : exporter.files(instance, body.deidentify())) {
                  sink.accept(file);
                  count[1]++;
                }
              } catch (PrecordiaException e) {
                refused.add(
                    new ExportManifest.Refused(
                        instance.id(), e.code().id(), String.valueOf(e.getMessage())));
              }
            });
    return new ExportManifest(body.deidentify(), count[0], count[1], List.copyOf(refused));
  }

  private static ExportSelection selection(ExportBody body) {
    return new ExportSelection(
        orNone(body.instances()),
        orNone(body.studies()),
        orNone(body.subjects()),
        FilterExpression.parse(body.filter()));
  }

  private static List<String> orNone(@Nullable List<String> ids) {
    return ids == null ? List.of() : ids;
  }
}
