package io.precordia.train.data;

import io.precordia.imaging.XrayPreprocessor;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Knowledge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often each fact is known to hold in the training split of the real sets, from manifests. */
public final class TrainingSupport {
  private TrainingSupport() {}

  /**
   * @param data folder as in training
   * @return by fact index
   */
  public static int[] count(FactVocabulary facts, Path data) {
    XrayPreprocessor xrays = new XrayPreprocessor();
    KermanyCorpus kermany = new KermanyCorpus(facts, xrays);
    NihCorpus nih = new NihCorpus(facts, xrays);
    PtbXlCorpus ptbxl = new PtbXlCorpus(facts);
    int[] out = new int[facts.all().size()];
    for (Map<String, String> row : rows(data, "xray/kermany")) {
      add(kermany.knowledge(row.getOrDefault("label", "")), out);
    }
    for (Map<String, String> row : rows(data, "xray/nih")) {
      add(nih.knowledge(List.of(row.getOrDefault("labels", "").split("\\|"))), out);
    }
    for (Map<String, String> row : rows(data, "ecg/ptbxl")) {
      add(
          ptbxl.knowledge(
              row.getOrDefault("scp_codes", ""),
              Set.of(row.getOrDefault("superclasses", "").split("\\|"))),
          out);
    }
    return out;
  }

  private static List<Map<String, String>> rows(Path data, String source) {
    return CsvTable.read(data.resolve(source).resolve("manifest.csv")).stream()
        .filter(row -> Split.TRAIN.word().equals(row.get("split")))
        .toList();
  }

  private static void add(Knowledge knowledge, int[] counts) {
    knowledge.present().stream().forEach(i -> counts[i]++);
  }
}
