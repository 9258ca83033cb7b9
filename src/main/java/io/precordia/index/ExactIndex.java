package io.precordia.index;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Exact search in memory: a first pass over 8-bit codes keeps every row that the quantisation error
 * bound cannot exclude, the survivors are rescored with the full-precision values in double
 * arithmetic. Recall is 1.0 by that bound. Searches share a lock; a change holds it for the time of
 * copying one row.
 */
public final class ExactIndex implements VectorIndex {
  /** Below this many rows a second thread costs more than it saves. */
  private static final int PARALLEL_FROM = 20_000;

  private final int dimension;
  private final int threads;
  private final Rows rows;
  private final Map<String, List<Integer>> byInstance = new HashMap<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /**
   * @param dimension length of every vector, 1 to 65,536
   * @param threads scanning threads of one search, at least 1
   */
  public ExactIndex(int dimension, int threads) {
    if (dimension < 1 || dimension > 65_536 || threads < 1) {
      throw new IllegalArgumentException("index: dimension " + dimension + ", threads " + threads);
    }
    this.dimension = dimension;
    this.threads = threads;
    this.rows = new Rows(dimension);
  }

  @Override
  public void add(Collection<Entry> entries) {
    for (Entry entry : entries) {
      check(entry.vector());
    }
    for (Entry entry : entries) {
      lock.writeLock().lock();
      try {
        List<Integer> own =
            byInstance.computeIfAbsent(entry.instance(), unused -> new ArrayList<>(1));
        Integer same = null;
        for (Integer row : own) {
          if (rows.entry(row).window() == entry.window()) {
            same = row;
          }
        }
        if (same == null) {
          own.add(rows.append(entry));
        } else {
          rows.replace(same, entry);
        }
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  @Override
  public void remove(String instance) {
    lock.writeLock().lock();
    try {
      List<Integer> own = byInstance.remove(instance);
      if (own == null) {
        return;
      }
      // From the last row down, so that no row that is still to go is moved.
      own.sort(Comparator.reverseOrder());
      for (int row : own) {
        int last = rows.size() - 1;
        if (row != last) {
          List<Integer> moved = byInstance.get(rows.entry(last).instance());
          if (moved != null) {
            moved.replaceAll(r -> r == last ? row : r);
          }
        }
        rows.remove(row);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public List<Hit> search(float[] query, Filter filter, int k) {
    check(query);
    if (k < 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "k is " + k + "; it must be at least 1");
    }
    lock.readLock().lock();
    try {
      if (rows.size() == 0) {
        return List.of();
      }
      int best = Math.min(k, rows.size());
      Quantised quantised = Quantised.of(query, rows.padded());
      FilterTest test = filter.equals(Filter.NONE) ? null : new FilterTest(filter);
      return rank(query, firstPass(quantised, test, best).survivors(), best);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public int size() {
    lock.readLock().lock();
    try {
      return rows.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  private Candidates firstPass(Quantised query, @Nullable FilterTest test, int k) {
    int parts = rows.size() < PARALLEL_FROM ? 1 : threads;
    if (parts == 1) {
      return scan(query, test, k, 0, rows.size());
    }
    var tasks = new ArrayList<ForkJoinTask<Candidates>>();
    for (int p = 1; p < parts; p++) {
      int from = (int) ((long) rows.size() * p / parts);
      int to = (int) ((long) rows.size() * (p + 1) / parts);
      tasks.add(ForkJoinPool.commonPool().submit(() -> scan(query, test, k, from, to)));
    }
    Candidates all = scan(query, test, k, 0, rows.size() / parts);
    for (ForkJoinTask<Candidates> task : tasks) {
      all.merge(task.join());
    }
    return all;
  }

  private Candidates scan(Quantised query, @Nullable FilterTest test, int k, int from, int to) {
    Candidates candidates = new Candidates(rows, k);
    rows.scan(query, test, from, to, candidates);
    return candidates;
  }

  private List<Hit> rank(float[] query, int[] survivors, int k) {
    var hits = new ArrayList<Hit>(survivors.length);
    for (int row : survivors) {
      Entry entry = rows.entry(row);
      hits.add(new Hit(entry.instance(), entry.window(), rows.exact(query, row)));
    }
    hits.sort(
        Comparator.comparingDouble(Hit::score)
            .reversed()
            .thenComparing(Hit::instance)
            .thenComparing(Hit::window));
    var seen = new HashSet<String>();
    var best = new ArrayList<Hit>(k);
    for (Hit hit : hits) {
      if (best.size() == k) {
        break;
      }
      if (seen.add(hit.instance())) {
        best.add(hit);
      }
    }
    return List.copyOf(best);
  }

  private void check(float[] vector) {
    if (vector.length != dimension) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "the vector has " + vector.length + " values; this index holds vectors of " + dimension);
    }
    boolean zero = true;
    for (float v : vector) {
      if (!Float.isFinite(v)) {
        throw new PrecordiaException(
            ErrorCode.NOT_FINITE, "the vector holds a value that is not finite");
      }
      zero &= v == 0;
    }
    if (zero) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "the vector is zero; it has no direction to compare");
    }
  }
}
