package io.precordia.api;

import io.precordia.ingest.Bundler;
import io.precordia.ingest.Part;
import io.precordia.ingest.SourceFile;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Which of the files that came in one request belong together. */
final class FileGroups {
  private FileGroups() {}

  /**
   * Groups in the order of their leading files, the leading file first; a file that belongs to no
   * other is a group of its own.
   */
  static List<List<Part>> of(List<Part> files) {
    Map<SourceFile, Integer> position = new IdentityHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      position.put(SourceFile.of(files.get(i).name(), files.get(i).bytes()), i);
    }
    return Bundler.bundle(position.keySet()).stream()
        .sorted(Comparator.comparing(bundle -> position.getOrDefault(bundle.lead(), 0)))
        .map(
            bundle ->
                bundle.files().stream()
                    .map(file -> files.get(position.getOrDefault(file, 0)))
                    .toList())
        .toList();
  }
}
