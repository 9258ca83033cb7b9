package io.precordia.train.data;

import io.precordia.ecg.EcgPreprocessor;
import io.precordia.imaging.XrayPreprocessor;
import io.precordia.study.Modality;
import io.precordia.train.sim.ChestSimulator;
import io.precordia.train.sim.SimulatedStudy;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.XrayFinding;
import io.precordia.train.text.Claims;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Knowledge;
import io.precordia.train.text.Narrative;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Simulated triples: everything that the simulator can show is known, also its absence. */
public final class SimulatedCorpus {
  public static final String NAME = "simulator";
  private static final Set<String> SIMULATED_ECG =
      Set.of(
          "sinus-rhythm",
          "myocardial-infarction",
          "conduction-disturbance",
          "hypertrophy",
          "atrial-flutter",
          "paced-rhythm",
          "anterior-infarction",
          "inferior-infarction",
          "lateral-infarction",
          "st-elevation-anterior",
          "st-elevation-inferior",
          "st-elevation-lateral");

  private final FactVocabulary facts;
  private final XrayPreprocessor xrays;
  private final EcgPreprocessor ecgs = new EcgPreprocessor();
  private final ChestSimulator simulator = new ChestSimulator();

  public SimulatedCorpus(FactVocabulary facts, XrayPreprocessor xrays) {
    this.facts = facts;
    this.xrays = xrays;
  }

  /** Patients 0 to count − 1 of a population, made on all cores. */
  public List<StudySample> make(long seed, int count) {
    return LongStream.range(0, count).parallel().mapToObj(i -> sample(seed, i)).toList();
  }

  private StudySample sample(long seed, long index) {
    SimulatedStudy study = simulator.study(seed, index, xrays.constants().side());
    Knowledge xray = xray(study.state());
    Knowledge ecg = ecg(study.state());
    Claims xrayClaims = Claims.complete(xray);
    Claims ecgClaims = Claims.complete(ecg);
    return new StudySample(
        NAME,
        seed + "-" + index,
        seed + "-" + index,
        study.state().projection().name(),
        xrays.octets(study.pixels()),
        StudySample.quantised(ecgs.prepare(study.ecg())),
        xray,
        ecg,
        List.of(
            new Narrative(study.text().xray(), xrayClaims.stating(study.text().xraySaid())),
            new Narrative(study.text().xrayImpression(), xrayClaims)),
        List.of(
            new Narrative(study.text().ecg(), ecgClaims.stating(study.text().ecgSaid())),
            new Narrative(study.text().ecgImpression(), ecgClaims)),
        study.text().whole(),
        Map.of(
            "view", study.state().projection().name(),
            "condition", study.state().condition().name(),
            "linked", String.valueOf(study.state().condition().linked())));
  }

  Knowledge xray(ChestState state) {
    BitSet present = new BitSet();
    Set<Finding> found = state.findings(Modality.XRAY);
    found.forEach(f -> set(present, f.id()));
    for (XrayFinding finding : state.xray()) {
      switch (finding) {
        case XrayFinding.Effusion e -> sided(present, "pleural-effusion", e.side());
        case XrayFinding.Consolidation c -> {
          sided(present, "consolidation", c.side());
          set(present, "pneumonia");
        }
        case XrayFinding.Pneumothorax p -> sided(present, "pneumothorax", p.side());
        case XrayFinding.Nodule n -> sided(present, "pulmonary-nodule", n.side());
        case XrayFinding.Cardiomegaly c -> {}
        case XrayFinding.Oedema o -> {}
        case XrayFinding.CentralLine c -> {}
        case XrayFinding.Pacemaker p -> {}
        case XrayFinding.EndotrachealTube t -> {}
      }
    }
    if (found.isEmpty()) {
      set(present, "normal-chest");
    }
    BitSet absent = FactVocabulary.bits(facts.of(Modality.XRAY));
    absent.andNot(present);
    // Where there is pneumonia its cause is undecided.
    if (found.contains(Finding.CONSOLIDATION)) {
      clear(absent, "bacterial-pneumonia");
      clear(absent, "viral-pneumonia");
      clear(absent, "infiltration");
    }
    return new Knowledge(present, absent);
  }

  Knowledge ecg(ChestState state) {
    BitSet present = new BitSet();
    EcgState e = state.ecg();
    Set<Finding> found = e.findings();
    for (Finding finding : found) {
      Fact fact = facts.get(finding.id());
      present.set(fact.index());
      fact.parents().forEach(p -> set(present, p));
    }
    if (e.rhythm() == EcgState.Rhythm.SINUS) {
      set(present, "sinus-rhythm");
    }
    EcgState.Territory territory = e.stElevation();
    if (territory != null) {
      set(present, "myocardial-infarction");
      set(present, "st-elevation-" + territory.word());
      set(present, territory.word() + "-infarction");
    }
    if (found.isEmpty()) {
      set(present, "normal-ecg");
    }
    BitSet absent = new BitSet();
    for (Fact fact : facts.of(Modality.ECG)) {
      boolean simulated = fact.normal() || SIMULATED_ECG.contains(fact.id()) || finding(fact.id());
      if (!present.get(fact.index()) && (simulated || found.isEmpty())) {
        absent.set(fact.index());
      }
    }
    return new Knowledge(present, absent);
  }

  private static boolean finding(String id) {
    for (Finding f : Finding.values()) {
      if (f.id().equals(id)) {
        return true;
      }
    }
    return false;
  }

  private void sided(BitSet bits, String id, Side side) {
    set(bits, id + "-" + side.name().toLowerCase(Locale.ROOT));
  }

  private void set(BitSet bits, String id) {
    bits.set(facts.get(id).index());
  }

  private void clear(BitSet bits, String id) {
    bits.clear(facts.get(id).index());
  }
}
