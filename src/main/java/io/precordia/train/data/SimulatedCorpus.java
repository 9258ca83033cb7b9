package io.precordia.train.data;

import io.precordia.ecg.EcgPreprocessor;
import io.precordia.imaging.XrayPreprocessor;
import io.precordia.study.Modality;
import io.precordia.train.sim.ChestSimulator;
import io.precordia.train.sim.SimulatedStudy;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.XrayFinding;
import io.precordia.train.sim.text.StudyNumbers;
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
    Knowledge ecg = ecg(study);
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
            new Narrative(study.text().xrayImpression(), xrayClaims),
            new Narrative(study.text().whole(), xrayClaims.stating(study.text().xraySaid()))),
        List.of(
            new Narrative(study.text().ecg(), ecgClaims.stating(study.text().ecgSaid())),
            new Narrative(study.text().ecgImpression(), ecgClaims),
            new Narrative(study.text().whole(), ecgClaims.stating(study.text().ecgSaid()))),
        study.text().whole(),
        Map.of(
            "view", study.state().projection().name(),
            "condition", study.state().condition().name(),
            "linked", String.valueOf(study.state().condition().linked())),
        regions(study));
  }

  private List<RegionMask> regions(SimulatedStudy study) {
    return study.image().masks().entrySet().stream()
        .map(e -> RegionMask.of(e.getKey().id(), e.getValue(), study.image().size()))
        .toList();
  }

  Knowledge xray(ChestState state) {
    BitSet present = new BitSet();
    Set<Finding> found = state.findings(Modality.XRAY);
    for (Finding f : found) {
      Fact fact = facts.get(f.id());
      present.set(fact.index());
      fact.parents().forEach(p -> set(present, p));
    }
    for (XrayFinding finding : state.xray()) {
      switch (finding) {
        case XrayFinding.Effusion e -> sided(present, "pleural-effusion", e.side());
        case XrayFinding.Consolidation c -> {
          sided(present, "consolidation", c.side());
          set(present, "pneumonia");
        }
        case XrayFinding.Pneumothorax p -> sided(present, "pneumothorax", p.side());
        case XrayFinding.Nodule n -> sided(present, "pulmonary-nodule", n.side());
        default -> {
          // Its label says all.
        }
      }
    }
    if (found.isEmpty()) {
      set(present, "normal-chest");
    }
    BitSet absent = FactVocabulary.bits(facts.of(Modality.XRAY));
    absent.andNot(present);
    // Where there is pneumonia its cause is undecided, and an infiltrate is a matter of words.
    if (found.contains(Finding.CONSOLIDATION)) {
      clear(absent, "bacterial-pneumonia");
      clear(absent, "viral-pneumonia");
      clear(absent, "infiltration");
    }
    if (found.contains(Finding.PULMONARY_OEDEMA) || found.contains(Finding.FIBROSIS)) {
      clear(absent, "infiltration");
    }
    // A collapsed lobe is an opacity that some would call consolidation; a large mass as well.
    if (found.contains(Finding.ATELECTASIS) || found.contains(Finding.MASS)) {
      clear(absent, "infiltration");
    }
    return new Knowledge(present, absent, StudyNumbers.of(state));
  }

  private Knowledge ecg(SimulatedStudy study) {
    return new EcgFacts(facts).of(study.state().ecg(), study.recording().measurements());
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
