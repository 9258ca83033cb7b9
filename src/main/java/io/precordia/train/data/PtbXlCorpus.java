package io.precordia.train.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import io.precordia.train.text.Claims;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Knowledge;
import io.precordia.train.text.Narrative;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Twelve-lead ECGs with statements and mostly German reports (PTB-XL, Wagner et al. 2020), from the
 * prepared array. The five superclasses are as the manifest says; a statement whose superclass the
 * manifest does not confirm (low likelihood) is undecided.
 */
public final class PtbXlCorpus {
  public static final String NAME = "ptbxl";

  private final FactVocabulary facts;
  private final JsonMapper json = JsonMapper.builder().build();

  public PtbXlCorpus(FactVocabulary facts) {
    this.facts = facts;
  }

  /** Studies of one split in manifest order. */
  public List<StudySample> load(Path folder, Split split) {
    List<Map<String, String>> rows = CsvTable.read(folder.resolve("manifest.csv"));
    Split.requireDisjoint(
        NAME, rows, r -> r.getOrDefault("patient_id", ""), r -> r.getOrDefault("split", ""));
    List<StudySample> out = new ArrayList<>();
    try (SignalsArray signals = SignalsArray.open(folder.resolve("signals.npy"))) {
      for (Map<String, String> row : rows) {
        if (split.word().equals(row.get("split"))) {
          out.add(sample(row, signals));
        }
      }
    }
    return out;
  }

  private StudySample sample(Map<String, String> row, SignalsArray signals) {
    Knowledge knowledge =
        knowledge(
            row.getOrDefault("scp_codes", ""),
            Set.of(row.getOrDefault("superclasses", "").split("\\|")));
    String report = row.getOrDefault("report", "").strip();
    return new StudySample(
        NAME,
        row.getOrDefault("patient_id", ""),
        row.getOrDefault("ecg_id", ""),
        row.getOrDefault("source", ""),
        StudySample.NO_XRAY,
        signals.row(Integer.parseInt(row.getOrDefault("row", "-1"))),
        Knowledge.none(),
        knowledge,
        List.of(),
        report.isEmpty() ? List.of() : List.of(new Narrative(report, Claims.complete(knowledge))),
        report,
        Strata.of(row, "source", "sex"));
  }

  Knowledge knowledge(String codes, Set<String> superclasses) {
    BitSet present = new BitSet();
    BitSet undecided = new BitSet();
    facts
        .superclasses()
        .forEach(
            (name, fact) -> {
              if (superclasses.contains(name)) {
                present.set(fact.index());
              }
            });
    for (String code : names(codes)) {
      Fact fact = facts.byCode(code);
      if (fact == null || facts.superclasses().containsValue(fact)) {
        continue;
      }
      boolean confirmed = fact.parents().stream().allMatch(p -> present.get(facts.get(p).index()));
      (confirmed ? present : undecided).set(fact.index());
    }
    BitSet absent = FactVocabulary.bits(facts.of(Modality.ECG));
    absent.andNot(present);
    absent.andNot(undecided);
    // Territories of an injury current are not coded in this data set.
    for (String uncoded : List.of("anterior", "inferior", "lateral")) {
      absent.clear(facts.get("st-elevation-" + uncoded).index());
    }
    return new Knowledge(present, absent);
  }

  private Set<String> names(String codes) {
    Set<String> out = new LinkedHashSet<>();
    if (!codes.startsWith("{")) {
      out.addAll(List.of(codes.split("\\|")));
      return out;
    }
    try {
      json.readTree(codes).fieldNames().forEachRemaining(out::add);
      return out;
    } catch (JsonProcessingException e) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the manifest of ptbxl has a malformed scp_codes column", e);
    }
  }
}
