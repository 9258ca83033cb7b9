package io.precordia.workspace.catalogue;

import io.precordia.dicom.DicomHeader;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.SubmissionCodec;
import io.precordia.store.DicomRow;
import io.precordia.store.InstanceRecord;
import io.precordia.store.Store;
import io.precordia.study.ObjectHeader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Work of the catalogue after the start, in the background: reads it into memory and adds the
 * objects that a version without a catalogue stored.
 */
final class CatalogueBackfill implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CatalogueBackfill.class.getName());
  private static final int CHUNK = 200;
  private final Store store;
  private final CatalogueMemory memory;
  private final SubmissionCodec codec = new SubmissionCodec();
  private final Thread thread = new Thread(this::run, "precordia-catalogue");
  private volatile boolean stopping;
  private volatile boolean done;

  CatalogueBackfill(Store store, CatalogueMemory memory) {
    this.store = store;
    this.memory = memory;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      patientIds();
      memory.warm(() -> stopping);
      String after = "";
      while (!stopping) {
        List<String> missing = store.records().dicom().missing(after, CHUNK);
        if (missing.isEmpty()) {
          break;
        }
        for (String id : missing) {
          if (!stopping) {
            add(id);
          }
        }
        after = missing.getLast();
      }
    } catch (RuntimeException e) {
      log(e);
    }
  }

  private void patientIds() {
    while (!stopping) {
      List<DicomRow> rows = store.records().dicom().withoutPatientId(CHUNK);
      if (rows.isEmpty()) {
        done = true;
        return;
      }
      Map<String, String> found = new HashMap<>();
      for (DicomRow row : rows) {
        found.put(row.instance(), DicomHeader.decode(row.header()).text(Columns.PATIENT_ID));
      }
      store.records().dicom().patientIds(found);
    }
  }

  /** Whether every object can be found by its Patient ID. */
  boolean done() {
    return done;
  }

  private void add(String id) {
    try {
      InstanceRecord record = store.records().instance(id).orElse(null);
      if (record == null) {
        return; // erased meanwhile
      }
      byte[] file = codec.decode(store.content(record)).parts().getFirst().bytes();
      ObjectHeader header = DicomHeader.of(file).entry();
      boolean unused =
          store.exclusively(
              () -> store.records().contains(id) && store.records().dicom().add(record, header));
    } catch (RuntimeException e) {
      log(e);
    }
  }

  private static void log(RuntimeException e) {
    String what = e instanceof PrecordiaException p ? p.code().id() : e.getClass().getSimpleName();
    LOG.log(
        System.Logger.Level.WARNING, "an object could not be added to the catalogue: {0}", what);
  }

  @Override
  public void close() {
    stopping = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
