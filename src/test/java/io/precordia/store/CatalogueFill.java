package io.precordia.store;

import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;

/** Rows without content, for benchmarks of what reads rows only. */
public final class CatalogueFill {
  private CatalogueFill() {}

  public static void insert(Store store, List<NewInstance> instances) {
    List<String> unused = store.records().insert(instances);
  }

  /** Leaves every study of a closed store as one whose completion has been worked off. */
  public static void complete(Path data) {
    execute(
        data,
        "UPDATE study_completion SET state = 'COMPLETE', revision = 1, completed = last_arrival");
  }

  /** Leaves a closed store as a version without a catalogue would have. */
  public static void clear(Path data) {
    execute(data, "DELETE FROM dicom_object");
  }

  private static void execute(Path data, String sql) {
    try (Database database = Database.embedded(data.resolve("db").resolve("records"))) {
      int unused =
          database.transaction(
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  return statement.executeUpdate(sql);
                }
              });
    }
  }
}
