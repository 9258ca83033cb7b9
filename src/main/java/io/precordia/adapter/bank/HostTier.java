package io.precordia.adapter.bank;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adapters kept in host memory between disk and pages, least recently used ones dropped first. */
final class HostTier {
  private final long capacity;
  private final Map<Residence, AdapterChanges> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  /**
   * @param capacity octets
   */
  HostTier(long capacity) {
    this.capacity = capacity;
  }

  AdapterChanges get(Residence residence) {
    synchronized (this) {
      AdapterChanges known = kept.get(residence);
      if (known != null) {
        return known;
      }
    }
    // Outside the lock: a slow disk must not hold up other adapters.
    AdapterChanges read = residence.source.load();
    if (!read.changes().equals(residence.changes)) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "the adapter " + residence.key + " changed on disk; register it again");
    }
    keep(residence, read);
    return read;
  }

  private synchronized void keep(Residence residence, AdapterChanges adapter) {
    long size = residence.bytes();
    if (size > capacity || kept.putIfAbsent(residence, adapter) != null) {
      return;
    }
    held += size;
    Iterator<Residence> eldest = kept.keySet().iterator();
    while (held > capacity) {
      held -= eldest.next().bytes();
      eldest.remove();
    }
  }

  synchronized void drop(Residence residence) {
    if (kept.remove(residence) != null) {
      held -= residence.bytes();
    }
  }

  synchronized boolean holds(Residence residence) {
    return kept.containsKey(residence);
  }

  synchronized long held() {
    return held;
  }
}
