package io.precordia.workspace.catalogue;

import io.precordia.store.DicomObjects;
import io.precordia.store.DicomRow;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tree of everything in the catalogue, read once from the sealed headers and brought up to date
 * before each query. Thread-safe.
 */
final class CatalogueMemory {
  private static final int CHUNK = 500;
  private final DicomObjects objects;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final CatalogueTree tree = new CatalogueTree();
  private long last;
  private volatile boolean complete;

  CatalogueMemory(DicomObjects objects) {
    this.objects = objects;
  }

  /**
   * Reads the tree.
   *
   * @param exact the few rows that can match, used as long as not everything is in memory; null if
   *     unknown
   */
  void read(@Nullable Supplier<List<DicomRow>> exact, Consumer<CatalogueTree> reader) {
    if (!complete && exact != null) {
      CatalogueTree few = new CatalogueTree();
      exact.get().forEach(few::add);
      reader.accept(few);
      return;
    }
    refresh(() -> false);
    lock.readLock().lock();
    try {
      reader.accept(tree);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Takes in the rows that came since the last time. */
  void refresh(Supplier<Boolean> stopping) {
    while (!stopping.get() && chunk()) {
      // the lock is given back after each chunk, for queries that need only some rows
    }
  }

  private boolean chunk() {
    lock.writeLock().lock();
    try {
      List<DicomRow> rows = objects.after(last, CHUNK);
      for (DicomRow row : rows) {
        tree.add(row);
        last = row.sequence();
      }
      boolean more = rows.size() == CHUNK;
      complete |= !more;
      return more;
    } finally {
      lock.writeLock().unlock();
    }
  }

  void remove(String subject) {
    lock.writeLock().lock();
    try {
      tree.remove(subject);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
