package io.precordia.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * BM25 over the words of reports (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75), in memory.
 * Words are runs of letters and digits in lower case, in any script. {@link #remove} takes every
 * posting of the instance away. Thread-safe.
 */
public final class WordIndex {
  private static final double K1 = 1.2;
  private static final double B = 0.75;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  /** A report that matched; higher scores match better. */
  public record Match(String instance, double score) {}

  private final Map<String, Map<String, Integer>> postings = new HashMap<>();
  private final Map<String, Map<String, Integer>> documents = new HashMap<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private long totalWords;

  /** Adds a report's text, replacing what the instance had. */
  public void add(String instance, String text) {
    Map<String, Integer> counts = count(text);
    lock.writeLock().lock();
    try {
      removeLocked(instance);
      documents.put(instance, counts);
      totalWords += length(counts);
      counts.forEach(
          (word, n) -> postings.computeIfAbsent(word, unused -> new HashMap<>()).put(instance, n));
    } finally {
      lock.writeLock().unlock();
    }
  }

  public void remove(String instance) {
    lock.writeLock().lock();
    try {
      removeLocked(instance);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * The best k reports by BM25 among those that pass, best first, ties by instance id; only reports
   * that share a word.
   */
  public List<Match> search(String text, Predicate<String> passes, int k) {
    lock.readLock().lock();
    try {
      var scores = new HashMap<String, Double>();
      double meanLength = documents.isEmpty() ? 1 : (double) totalWords / documents.size();
      for (String word : new HashSet<>(count(text).keySet())) {
        Map<String, Integer> posting = postings.getOrDefault(word, Map.of());
        double idf =
            Math.log(1 + (documents.size() - posting.size() + 0.5) / (posting.size() + 0.5));
        posting.forEach(
            (instance, n) -> {
              if (passes.test(instance)) {
                double length = length(documents.getOrDefault(instance, Map.of()));
                scores.merge(
                    instance,
                    idf * n * (K1 + 1) / (n + K1 * (1 - B + B * length / meanLength)),
                    Double::sum);
              }
            });
      }
      var matches = new ArrayList<Match>(scores.size());
      scores.forEach((instance, score) -> matches.add(new Match(instance, score)));
      matches.sort(
          Comparator.comparingDouble(Match::score).reversed().thenComparing(Match::instance));
      return List.copyOf(matches.subList(0, Math.min(k, matches.size())));
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Number of reports. */
  public int size() {
    lock.readLock().lock();
    try {
      return documents.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  private void removeLocked(String instance) {
    Map<String, Integer> counts = documents.remove(instance);
    if (counts == null) {
      return;
    }
    totalWords -= length(counts);
    for (String word : counts.keySet()) {
      Map<String, Integer> posting = postings.get(word);
      if (posting != null) {
        posting.remove(instance);
        if (posting.isEmpty()) {
          postings.remove(word);
        }
      }
    }
  }

  private static long length(Map<String, Integer> counts) {
    long sum = 0;
    for (int n : counts.values()) {
      sum += n;
    }
    return sum;
  }

  private static Map<String, Integer> count(String text) {
    var counts = new HashMap<String, Integer>();
    Matcher m = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (m.find()) {
      counts.merge(m.group(), 1, Integer::sum);
    }
    return counts;
  }
}
