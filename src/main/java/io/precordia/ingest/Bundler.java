package io.precordia.ingest;

import io.precordia.ecg.EcgFileDecoder;
import io.precordia.ecg.NamedBytes;
import io.precordia.ecg.NpyReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Groups files into what becomes one instance: a WFDB header with its signal files, a NumPy array
 * with its JSON; every other file alone. The order of the files given does not matter. A signal
 * file without its header stays alone and is flagged when it is decoded.
 */
public final class Bundler {
  /** A header larger than this is none. */
  private static final long MAX_HEADER = 1L << 20;

  private Bundler() {}

  /**
   * Files that become one instance.
   *
   * @param files the leading one first
   */
  public record Bundle(List<SourceFile> files) {
    public Bundle {
      files = List.copyOf(files);
    }

    public SourceFile lead() {
      return files.getFirst();
    }

    public long size() {
      return files.stream().mapToLong(SourceFile::size).sum();
    }
  }

  /** Bundles in the order of their leading files' names. */
  public static List<Bundle> bundle(Collection<SourceFile> files) {
    List<SourceFile> sorted =
        files.stream().sorted(Comparator.comparing(SourceFile::name)).toList();
    Map<String, SourceFile> exact = new LinkedHashMap<>();
    Map<String, SourceFile> anyCase = new LinkedHashMap<>();
    for (SourceFile file : sorted) {
      exact.putIfAbsent(file.name(), file);
      anyCase.putIfAbsent(file.name().toLowerCase(Locale.ROOT), file);
    }
    Map<SourceFile, List<SourceFile>> companions = new LinkedHashMap<>();
    Set<SourceFile> taken = new HashSet<>();
    for (SourceFile file : sorted) {
      List<SourceFile> found = new ArrayList<>();
      for (String name : companionNames(file)) {
        SourceFile companion = find(file.folder() + name, exact, anyCase);
        if (companion != null && !companion.equals(file) && !found.contains(companion)) {
          found.add(companion);
        }
      }
      companions.put(file, found);
      taken.addAll(found);
    }
    List<Bundle> bundles = new ArrayList<>();
    for (SourceFile file : sorted) {
      if (!taken.contains(file)) {
        List<SourceFile> together = new ArrayList<>(List.of(file));
        together.addAll(companions.getOrDefault(file, List.of()));
        bundles.add(new Bundle(together));
      }
    }
    return bundles;
  }

  private static @Nullable SourceFile find(
      String name, Map<String, SourceFile> exact, Map<String, SourceFile> anyCase) {
    SourceFile file = exact.get(name);
    return file != null ? file : anyCase.get(name.toLowerCase(Locale.ROOT));
  }

  // Only headers are opened, so that bundling a large folder reads little. A name with a folder in
  // it is not followed.
  private static Set<String> companionNames(SourceFile file) {
    String name = file.baseName().toLowerCase(Locale.ROOT);
    Set<String> names = new TreeSet<>();
    if (name.endsWith(".npy")) {
      names.add(NpyReader.companionName(file.baseName()));
    } else if (name.endsWith(".hea") && file.size() <= MAX_HEADER) {
      try {
        names.addAll(
            EcgFileDecoder.companions(new NamedBytes(file.baseName(), file.content().read())));
      } catch (IOException e) {
        return Set.of(); // the import meets the same error and reports it
      }
    }
    names.removeIf(
        n -> n.indexOf('/') >= 0 || n.indexOf('\\') >= 0 || n.equals("..") || n.equals("."));
    return names;
  }
}
