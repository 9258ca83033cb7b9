package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.RecordStore;
import io.precordia.study.Flag;
import io.precordia.study.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of reports give way within one batch: a later version takes the place of an
 * earlier one, in the order of arrival; a preliminary one that comes late gives way itself. What
 * gives way stays kept, flagged and out of the index. Used by one thread.
 */
final class ReportVersions {
  /** The tag that tells a preliminary version. */
  static final String PRELIMINARY = "preliminary";

  private static final Flag LATE =
      new Flag(
          ErrorCode.SUPERSEDED, "a preliminary version that came after another one of this report");
  private static final Flag REPLACED =
      new Flag(ErrorCode.SUPERSEDED, "a later version of this report took its place");
  private static final Flag WITHDRAWN =
      new Flag(ErrorCode.SUPERSEDED, "the sender of this report took it back");

  private final RecordStore records;
  private final Map<String, Integer> latest = new HashMap<>();
  private final Map<String, Flag> giveWay = new HashMap<>();
  private final List<Revision> revisions = new ArrayList<>();

  ReportVersions(RecordStore records) {
    this.records = records;
  }

  /**
   * Considers the next item of the batch.
   *
   * @param report what the versions of the report have in common
   * @param refusals of the items before; an earlier version among them is refused here
   * @return why this item gives way itself, or null
   */
  @Nullable Flag consider(
      int item, @Nullable String report, @Nullable Revision revision, @Nullable Flag[] refusals) {
    while (revisions.size() <= item) {
      revisions.add(Revision.FINAL);
    }
    if (report == null || revision == null) {
      return null;
    }
    revisions.set(item, revision);
    Flag reason = revision == Revision.WITHDRAWN ? WITHDRAWN : REPLACED;
    Integer before = latest.get(report);
    if (before != null) {
      if (revision == Revision.PRELIMINARY && revisions.get(before) != Revision.PRELIMINARY) {
        return LATE;
      }
      if (refusals[before] == null) {
        refusals[before] = reason;
      }
    }
    Optional<InstanceRecord> kept = records.storedObject(report).flatMap(records::instance);
    if (kept.isPresent()) {
      if (revision == Revision.PRELIMINARY && !kept.get().identity().tags().contains(PRELIMINARY)) {
        return LATE;
      }
      giveWay.put(kept.get().id(), reason);
    }
    latest.put(report, item);
    return revision == Revision.WITHDRAWN ? WITHDRAWN : null;
  }

  /**
   * Flags the kept versions that give way; before the new ones are kept, so that a crash between
   * repeats it.
   */
  List<String> flag() {
    List<String> gone = new ArrayList<>();
    giveWay.forEach(
        (id, reason) ->
            records
                .instance(id)
                .filter(record -> record.status() == InstanceStatus.STORED)
                .ifPresent(
                    record -> {
                      records.flag(record, reason);
                      gone.add(id);
                    }));
    return gone;
  }
}
