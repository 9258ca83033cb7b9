package io.precordia.workspace;

import io.precordia.ecg.EcgPreprocessor;
import io.precordia.ecg.EcgWindows;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.XrayPreprocessor;
import io.precordia.index.Filter;
import io.precordia.ingest.IssuerRules;
import io.precordia.ingest.StandardDecoders;
import io.precordia.report.ReportCleaner;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.MasterKey;
import io.precordia.store.Page;
import io.precordia.store.Store;
import io.precordia.study.Content;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.Pixels;
import io.precordia.study.Report;
import io.precordia.train.adapter.SitePair;
import io.precordia.train.data.StudySample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Studies of a data directory as training pairs. The directory stays locked while this is open, so
 * that nobody is erased from it in the middle of a training; nothing in it is changed.
 */
public final class SiteStudies implements AutoCloseable {
  private static final int PAGE = 500;

  /** A minute of a long recording; more windows of one patient teach little. */
  private static final int MOST_WINDOWS = 6;

  private final Store store;
  private final Records records;
  private final XrayPreprocessor xrays;
  private final EcgPreprocessor ecgs;
  private final EcgWindows windows;
  private final ReportCleaner cleaner = new ReportCleaner();
  private long left = Runtime.getRuntime().maxMemory() / 2;

  private SiteStudies(Store store, XrayPreprocessor xrays, EcgPreprocessor ecgs) {
    this.store = store;
    this.records = new Records(store, StandardDecoders.create(), IssuerRules.NONE);
    this.xrays = xrays;
    this.ecgs = ecgs;
    this.windows = new EcgWindows(ecgs.constants());
  }

  /**
   * Opens a data directory that is there already.
   *
   * @param key the master key, or null for the one in the directory
   * @param xrays preprocessing of the model that is trained
   * @param ecgs preprocessing of the model that is trained
   * @throws PrecordiaException CONFLICT if another process has it open, INVALID_CONFIGURATION if
   *     there is none, CORRUPT_STORE if the master key is another one
   */
  public static SiteStudies open(
      Path data, @Nullable MasterKey key, XrayPreprocessor xrays, EcgPreprocessor ecgs) {
    if (!Files.isDirectory(data.resolve("db"))) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "there is no data directory at " + data + "; import studies first");
    }
    return new SiteStudies(Store.open(data, key), xrays, ecgs);
  }

  /**
   * Every radiograph and ECG that passes, with each report of its study, in storing order. Content
   * is decoded from the files as they came and prepared as for the encoder.
   *
   * @param filter asked of radiographs and ECGs; their reports come along
   * @throws PrecordiaException INSUFFICIENT_MEMORY if they do not fit into half the heap,
   *     CORRUPT_STORE
   */
  public List<SitePair> pairs(Filter filter) {
    Map<String, List<InstanceRecord>> evidence = new LinkedHashMap<>();
    Map<String, List<InstanceRecord>> reports = new LinkedHashMap<>();
    @Nullable Long after = 0L;
    while (after != null) {
      Page<InstanceRecord> page = records.list(InstanceStatus.STORED, after, PAGE);
      for (InstanceRecord record : page.items()) {
        Modality modality = record.modality();
        if (modality == Modality.REPORT) {
          reports.computeIfAbsent(record.study(), s -> new ArrayList<>()).add(record);
        } else if (modality != null && passes(filter, record, modality)) {
          evidence.computeIfAbsent(record.study(), s -> new ArrayList<>()).add(record);
        }
      }
      after = page.next();
    }
    List<SitePair> out = new ArrayList<>();
    evidence.forEach(
        (study, some) -> {
          List<String> texts =
              reports.getOrDefault(study, List.of()).stream()
                  .map(this::text)
                  .filter(t -> !t.isEmpty())
                  .distinct()
                  .toList();
          if (!texts.isEmpty()) {
            some.forEach(record -> add(record, texts, out));
          }
        });
    return out;
  }

  private static boolean passes(Filter filter, InstanceRecord record, Modality modality) {
    return filter.passes(SearchIndexes.entry(record, modality, 0, new float[0]));
  }

  private String text(InstanceRecord record) {
    return records.decoded(record.id()).content() instanceof Report report
        ? cleaner.embeddingText(report)
        : "";
  }

  private void add(InstanceRecord record, List<String> texts, List<SitePair> out) {
    Content content = records.decoded(record.id()).content();
    String subject = record.subject();
    if (content instanceof Pixels pixels) {
      byte[] octets = xrays.octets(pixels);
      spend(octets.length);
      texts.forEach(t -> out.add(SitePair.ofXray(subject, octets, t)));
    } else if (content instanceof Ecg ecg) {
      windows.cut(ecg).stream()
          .limit(MOST_WINDOWS)
          .map(w -> StudySample.quantised(ecgs.prepare(w)))
          .forEach(
              stored -> {
                spend(2L * stored.length);
                texts.forEach(t -> out.add(SitePair.ofEcg(subject, stored, t)));
              });
    }
  }

  private void spend(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw new PrecordiaException(
          ErrorCode.INSUFFICIENT_MEMORY,
          "the studies do not fit into memory; choose fewer with the recipe's filter, or give the program more heap (PRECORDIA_OPTS=-Xmx…)");
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
