package io.precordia.serve.adapters;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterSummary;
import io.precordia.weights.Checksums;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Named adapters of one model. A name is a tag that can be moved; a version is immutable and known
 * by its digest. What is being used is leased: erasing waits until every lease has ended.
 * Thread-safe.
 */
public final class AdapterRegistry {
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final AdapterFiles files;
  private final AdaptableEncoder encoder;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Map<String, AdapterVersion> tags = new TreeMap<>();
  private final Map<String, Integer> leases = new HashMap<>();
  private final Set<String> busy = new HashSet<>();

  /**
   * Opens the folder and registers every version that a tag of this model stands for. Tags of
   * another model are kept on disk and not served.
   */
  public AdapterRegistry(Path folder, AdaptableEncoder encoder) {
    this.files = new AdapterFiles(folder);
    this.encoder = encoder;
    for (AdapterVersion version : files.tagged()) {
      if (version.base().equals(encoder.ref().sha256()) && files.intact(version.sha256())) {
        encoder.register(version.sha256(), files.version(version.sha256()));
        tags.put(version.name(), version);
      }
    }
  }

  /** Use of one version; nothing of it is erased before this is closed. */
  public final class Lease implements AutoCloseable {
    private final AdapterVersion version;
    private boolean open = true;

    private Lease(AdapterVersion version) {
      this.version = version;
    }

    public AdapterVersion version() {
      return version;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (open) {
          open = false;
          leases.merge(version.sha256(), -1, Integer::sum);
          leases.remove(version.sha256(), 0);
          released.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Validates and keeps an adapter, and moves the name to it.
   *
   * @param content the two PEFT files
   * @throws PrecordiaException CONFLICT if the same name is being changed at this moment;
   *     BAD_WEIGHTS or INSUFFICIENT_MEMORY as the encoder says, with nothing kept
   */
  public AdapterVersion put(String name, Map<String, byte[]> content) {
    AdapterName.checked(name);
    claim(name);
    try {
      Path pending = files.pending(content);
      String sha256;
      AdapterSummary summary;
      try {
        summary = encoder.inspect(pending);
        sha256 = Checksums.ofFolder(pending);
      } catch (RuntimeException | Error e) {
        files.discard(pending);
        throw e;
      }
      Path folder = files.publish(pending, sha256);
      @Nullable AdapterVersion before = find(name);
      try {
        encoder.register(sha256, folder);
      } catch (RuntimeException | Error e) {
        retire(sha256, name);
        throw e;
      }
      AdapterVersion version =
          new AdapterVersion(
              name,
              sha256,
              encoder.ref().sha256(),
              before == null || before.sha256().equals(sha256)
                  ? before == null ? null : before.previous()
                  : before.sha256(),
              Instant.now(),
              summary);
      files.tag(version);
      lock.lock();
      try {
        tags.put(name, version);
      } finally {
        lock.unlock();
      }
      if (before != null && !before.sha256().equals(sha256)) {
        retire(before.sha256(), name);
      }
      return version;
    } finally {
      release(name);
    }
  }

  /**
   * Takes the name away, waits until nobody uses the version, and erases it if no other name stands
   * for it.
   *
   * @throws PrecordiaException NOT_FOUND; BUSY if it is still in use after half a minute
   */
  public void delete(String name) {
    claim(name);
    try {
      AdapterVersion version = find(name);
      if (version == null) {
        throw unknown(name);
      }
      lock.lock();
      try {
        tags.remove(name);
      } finally {
        lock.unlock();
      }
      files.untag(name);
      retire(version.sha256(), name);
    } finally {
      release(name);
    }
  }

  /** Erases a version that no name stands for, once it is not leased any more. */
  private void retire(String sha256, String name) {
    lock.lock();
    try {
      if (tags.values().stream().anyMatch(v -> v.sha256().equals(sha256))) {
        return;
      }
      long left = DRAIN.toNanos();
      while (leases.containsKey(sha256)) {
        if (left <= 0) {
          throw new PrecordiaException(
              ErrorCode.BUSY,
              "a version of the adapter " + name + " is still in use and was not erased yet");
        }
        try {
          left = released.awaitNanos(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new PrecordiaException(ErrorCode.NOT_READY, "the request was interrupted", e);
        }
      }
      encoder.unregister(sha256);
      files.erase(sha256);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The version that a name or a digest stands for, to be closed after use.
   *
   * @throws PrecordiaException NOT_FOUND
   */
  public Lease lease(String nameOrDigest) {
    lock.lock();
    try {
      AdapterVersion version =
          tags.values().stream()
              .filter(v -> v.name().equals(nameOrDigest) || v.sha256().equals(nameOrDigest))
              .findFirst()
              .orElseThrow(() -> unknown(nameOrDigest));
      leases.merge(version.sha256(), 1, Integer::sum);
      return new Lease(version);
    } finally {
      lock.unlock();
    }
  }

  /** What a name stands for. */
  public AdapterVersion get(String name) {
    AdapterVersion version = find(name);
    if (version == null) {
      throw unknown(name);
    }
    return version;
  }

  /** All names, sorted. */
  public List<AdapterVersion> all() {
    lock.lock();
    try {
      return tags.values().stream().sorted(Comparator.comparing(AdapterVersion::name)).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Whether its weights are in compute memory now. */
  public boolean resident(AdapterVersion version) {
    return encoder.resident(version.sha256());
  }

  private @Nullable AdapterVersion find(String name) {
    lock.lock();
    try {
      return tags.get(name);
    } finally {
      lock.unlock();
    }
  }

  private void claim(String name) {
    lock.lock();
    try {
      if (!busy.add(name)) {
        throw new PrecordiaException(
            ErrorCode.CONFLICT,
            "the adapter " + AdapterName.checked(name) + " is being changed by another request");
      }
    } finally {
      lock.unlock();
    }
  }

  private void release(String name) {
    lock.lock();
    try {
      busy.remove(name);
    } finally {
      lock.unlock();
    }
  }

  private static PrecordiaException unknown(String name) {
    return new PrecordiaException(
        ErrorCode.NOT_FOUND,
        "no adapter has this name or digest; GET /v1/adapters lists those that there are");
  }
}
