package io.precordia.api;

import io.precordia.ecg.EcgFileDecoder;
import io.precordia.ecg.NamedBytes;
import io.precordia.ingest.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out which of the files that came together belong together, by what the leading files say of their companions. */
public final class FileGroups {
  private FileGroups() {}

  /** Groups in the order of their first files, the leading file first; a file that belongs to no other is a group of its own. */
  public static List<List<Part>> of(List<Part> files) {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      byName.putIfAbsent(files.get(i).name(), i);
    }
    Map<Integer, List<Integer>> companions = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < files.size(); i++) {
      List<Integer> own = new ArrayList<>();
      if (mayLead(files.get(i).name())) {
        for (String name : EcgFileDecoder.companions(new NamedBytes(files.get(i).name(), files.get(i).bytes())).stream().sorted().toList()) {
          Integer at = byName.get(name);
          if (at != null && at != i && taken.add(at)) {
            own.add(at);
          }
        }
      }
      companions.put(i, own);
    }
    List<List<Part>> groups = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (!taken.contains(i)) {
        List<Part> group = new ArrayList<>(List.of(files.get(i)));
        companions.getOrDefault(i, List.of()).forEach(at -> group.add(files.get(at)));
        groups.add(group);
      }
    }
    return groups;
  }

  /** Only these can name companions; everything else need not be looked into. */
  public static boolean mayLead(String name) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    return lower.endsWith(".hea") || lower.endsWith(".npy");
  }
}
