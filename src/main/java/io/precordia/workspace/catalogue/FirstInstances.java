package io.precordia.workspace.catalogue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Receipt;
import io.precordia.store.DicomObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which instance came first under a SOP Instance UID, by whatever door. Objects with one UID become
 * durable one after another, so that the one that is told to be the first is kept as the first.
 * Thread-safe.
 */
final class FirstInstances {
  /** More than can wait in the inbox: what is older than that is in the catalogue. */
  private static final int RECENT = 50_000;

  private final DicomObjects objects;
  private final Predicate<String> waits;
  private final Map<String, CountDownLatch> turns = new ConcurrentHashMap<>();

  /** Instance ids of what came last, by SOP Instance UID; the first one of each. */
  private final Map<String, String> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > RECENT;
        }
      };

  /**
   * @param waits whether an instance was accepted and is not processed yet
   */
  FirstInstances(DicomObjects objects, Predicate<String> waits) {
    this.objects = objects;
    this.waits = waits;
  }

  /**
   * What became of an object.
   *
   * @param conflicting whether another instance came first
   */
  record Kept(Receipt receipt, boolean conflicting) {}

  /** Makes an object durable in its turn. */
  Kept keep(String uid, Supplier<Receipt> durable) {
    CountDownLatch turn = begin(uid);
    try {
      Receipt receipt = durable.get();
      @Nullable String first = first(uid, receipt.instance());
      return new Kept(receipt, first != null && !first.equals(receipt.instance()));
    } finally {
      turns.remove(uid);
      turn.countDown();
    }
  }

  private CountDownLatch begin(String uid) {
    CountDownLatch own = new CountDownLatch(1);
    while (true) {
      CountDownLatch other = turns.putIfAbsent(uid, own);
      if (other == null) {
        return own;
      }
      try {
        other.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PrecordiaException(
            ErrorCode.NOT_READY, "the service is stopping; send it again later", e);
      }
    }
  }

  private @Nullable String first(String uid, String instance) {
    @Nullable String kept = objects.firstWithSopInstance(uid);
    @Nullable String before;
    synchronized (recent) {
      before = recent.putIfAbsent(uid, instance);
    }
    if (kept != null) {
      return kept;
    }
    if (before == null || before.equals(instance) || waits.test(before)) {
      return before;
    }
    kept = objects.firstWithSopInstance(uid); // processed meanwhile, or erased
    if (kept != null) {
      return kept;
    }
    synchronized (recent) {
      recent.put(uid, instance);
    }
    return null;
  }
}
