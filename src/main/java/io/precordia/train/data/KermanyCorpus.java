package io.precordia.train.data;

import io.precordia.imaging.XrayPreprocessor;
import io.precordia.study.Modality;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Knowledge;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Paediatric radiographs: normal, bacterial or viral pneumonia (Kermany et al., Cell 2018). Of a
 * pneumonia image no more is known than that; of a normal one, that no lung finding is there.
 */
public final class KermanyCorpus {
  public static final String NAME = "kermany";

  private final FactVocabulary facts;
  private final XrayPreprocessor preprocessor;

  public KermanyCorpus(FactVocabulary facts, XrayPreprocessor preprocessor) {
    this.facts = facts;
    this.preprocessor = preprocessor;
  }

  /** Studies of one split in manifest order. */
  public List<StudySample> load(Path folder, Split split) {
    List<Map<String, String>> rows = CsvTable.read(folder.resolve("manifest.csv"));
    Split.requireDisjoint(
        NAME, rows, r -> r.getOrDefault("patient", ""), r -> r.getOrDefault("split", ""));
    return rows.stream()
        .filter(r -> split.word().equals(r.get("split")))
        .parallel()
        .map(r -> sample(folder, r))
        .toList();
  }

  private StudySample sample(Path folder, Map<String, String> row) {
    String file = row.getOrDefault("file", "");
    return new StudySample(
        NAME,
        row.getOrDefault("patient", ""),
        file,
        row.getOrDefault("label", ""),
        preprocessor.octets(GreyImages.read(folder.resolve(file))),
        StudySample.NO_ECG,
        knowledge(row.getOrDefault("label", "")),
        Knowledge.none(),
        List.of(),
        List.of(),
        "",
        Map.of());
  }

  Knowledge knowledge(String label) {
    BitSet present = new BitSet();
    BitSet absent = new BitSet();
    if (label.equals("normal")) {
      present.set(facts.get("normal-chest").index());
      Set<String> devices =
          Set.of(
              "central-venous-line",
              "pacemaker",
              "endotracheal-tube",
              "nasogastric-tube",
              "sternotomy-wires");
      facts.of(Modality.XRAY).stream()
          .filter(f -> !f.normal() && !devices.contains(f.id()))
          .forEach(f -> absent.set(f.index()));
    } else {
      boolean bacterial = label.equals("bacterial");
      present.set(facts.get("pneumonia").index());
      present.set(facts.get(bacterial ? "bacterial-pneumonia" : "viral-pneumonia").index());
      absent.set(facts.get(bacterial ? "viral-pneumonia" : "bacterial-pneumonia").index());
      absent.set(facts.get("normal-chest").index());
    }
    return new Knowledge(present, absent);
  }
}
