package io.precordia.train.data;

import io.precordia.imaging.XrayPreprocessor;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Knowledge;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adult frontal radiographs with mined labels (NIH ChestX-ray14, Wang et al., CVPR 2017). The group
 * of a sample is its view, because view and class are confounded in this subset.
 */
public final class NihCorpus {
  public static final String NAME = "nih";
  private static final Map<String, String> LABELS = labels();

  private final FactVocabulary facts;
  private final XrayPreprocessor preprocessor;

  public NihCorpus(FactVocabulary facts, XrayPreprocessor preprocessor) {
    this.facts = facts;
    this.preprocessor = preprocessor;
  }

  private static Map<String, String> labels() {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("Pneumonia", "pneumonia");
    out.put("Consolidation", "consolidation");
    out.put("Infiltration", "infiltration");
    out.put("Atelectasis", "atelectasis");
    out.put("Cardiomegaly", "cardiomegaly");
    out.put("Effusion", "pleural-effusion");
    out.put("Pneumothorax", "pneumothorax");
    out.put("Edema", "pulmonary-oedema");
    out.put("Nodule", "pulmonary-nodule");
    out.put("Mass", "mass");
    out.put("Emphysema", "emphysema");
    out.put("Fibrosis", "fibrosis");
    out.put("Pleural_Thickening", "pleural-thickening");
    out.put("Hernia", "hernia");
    return out;
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
        row.getOrDefault("view", ""),
        preprocessor.octets(GreyImages.read(folder.resolve(file))),
        StudySample.NO_ECG,
        knowledge(List.of(row.getOrDefault("labels", "").split("\\|"))),
        Knowledge.none(),
        List.of(),
        List.of(),
        "",
        Strata.of(row, "view", "sex"));
  }

  /** Beside pneumonia, consolidation and infiltrate are undecided where they are not named. */
  Knowledge knowledge(List<String> labels) {
    BitSet present = new BitSet();
    BitSet absent = new BitSet();
    boolean normal = labels.contains("No Finding");
    Fact normalChest = facts.get("normal-chest");
    (normal ? present : absent).set(normalChest.index());
    LABELS.forEach(
        (label, id) -> {
          if (labels.contains(label)) {
            present.set(facts.get(id).index());
          } else if (normal || !(id.equals("consolidation") || id.equals("infiltration"))) {
            absent.set(facts.get(id).index());
          }
        });
    if (normal) {
      absent.set(facts.get("bacterial-pneumonia").index());
      absent.set(facts.get("viral-pneumonia").index());
    }
    return new Knowledge(present, absent);
  }
}
