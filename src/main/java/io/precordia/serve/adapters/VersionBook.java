package io.precordia.serve.adapters;

import io.precordia.adapter.router.RouterConfig;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What stands for which version: names, routers, and those who use it at this moment. A version
 * that nothing stands for can be erased. Thread-safe.
 */
final class VersionBook {
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Map<String, AdapterVersion> tags = new TreeMap<>();
  private final Map<String, Integer> leases = new HashMap<>();

  /** Members of every router that is kept, by its digest. */
  private final Map<String, List<RouterConfig.Member>> routers = new HashMap<>();

  /** Holds a version until {@link #giveBack}. */
  void acquire(String sha256) {
    lock.lock();
    try {
      leases.merge(sha256, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  /** Holds what a name or digest stands for; empty if that is nothing. */
  Optional<AdapterVersion> acquireNamed(String nameOrDigest) {
    lock.lock();
    try {
      Optional<AdapterVersion> version =
          tags.values().stream()
              .filter(v -> v.name().equals(nameOrDigest) || v.sha256().equals(nameOrDigest))
              .findFirst();
      version.ifPresent(v -> acquire(v.sha256()));
      return version;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(String sha256) {
    lock.lock();
    try {
      leases.merge(sha256, -1, Integer::sum);
      leases.remove(sha256, 0);
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void tag(AdapterVersion version) {
    lock.lock();
    try {
      tags.put(version.name(), version);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a name away.
   *
   * @throws PrecordiaException CONFLICT if it is the last name of a router's member
   */
  void untag(AdapterVersion version) {
    lock.lock();
    try {
      tags.remove(version.name());
      if (!tagged(version.sha256()) && named(version.sha256())) {
        tags.put(version.name(), version);
        throw new PrecordiaException(
            ErrorCode.CONFLICT,
            "the adapter "
                + version.name()
                + " is a member of a router; delete or replace the router first");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all names, to be said anew. */
  void clear() {
    lock.lock();
    try {
      tags.clear();
    } finally {
      lock.unlock();
    }
  }

  void router(String sha256, List<RouterConfig.Member> members) {
    lock.lock();
    try {
      routers.put(sha256, members);
    } finally {
      lock.unlock();
    }
  }

  /** Members of a router; empty for anything else. */
  List<RouterConfig.Member> members(String sha256) {
    lock.lock();
    try {
      return routers.getOrDefault(sha256, List.of());
    } finally {
      lock.unlock();
    }
  }

  Optional<AdapterVersion> find(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(tags.get(name));
    } finally {
      lock.unlock();
    }
  }

  /** All names, sorted. */
  List<AdapterVersion> all() {
    lock.lock();
    try {
      return new ArrayList<>(tags.values());
    } finally {
      lock.unlock();
    }
  }

  private boolean tagged(String sha256) {
    return tags.values().stream().anyMatch(v -> v.sha256().equals(sha256));
  }

  /** Whether a name or a router stands for it. */
  private boolean named(String sha256) {
    return tagged(sha256)
        || routers.values().stream()
            .anyMatch(members -> members.stream().anyMatch(m -> m.sha256().equals(sha256)));
  }

  /**
   * Erases a version that nothing stands for, once nobody uses it any more; then so the members of
   * a router.
   *
   * @param name what is said of it in an error
   * @param erase called under the lock, so that nothing can come to stand for it meanwhile
   * @throws PrecordiaException BUSY if it is still in use after half a minute
   */
  void retire(String sha256, String name, java.util.function.Consumer<String> erase) {
    lock.lock();
    try {
      long left = DRAIN.toNanos();
      while (!named(sha256) && leases.containsKey(sha256)) {
        if (left <= 0) {
          throw new PrecordiaException(
              ErrorCode.BUSY,
              "a version of the adapter " + name + " is still in use and was not erased yet");
        }
        left = released.awaitNanos(left);
      }
      // While this waited, a name may have been moved to the version.
      if (!named(sha256)) {
        erase.accept(sha256);
        List<RouterConfig.Member> members = routers.remove(sha256);
        for (RouterConfig.Member member :
            members == null ? List.<RouterConfig.Member>of() : members) {
          retire(member.sha256(), name, erase);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the request was interrupted", e);
    } finally {
      lock.unlock();
    }
  }
}
