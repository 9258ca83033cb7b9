package io.precordia.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Modality;
import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.ecg.EcgSimulator;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.ChestStateSampler;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Knowledge;
import io.precordia.train.text.Measure;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the simulator knows of an ECG, against the coding practice of PTB-XL. */
class EcgFactsTest {
  private final FactVocabulary facts = FactVocabulary.standard();
  private final ChestStateSampler sampler = new ChestStateSampler();
  private final EcgSimulator simulator = new EcgSimulator();

  @Test
  void everyFindingIsAFactAndOccurs() {
    Set<Finding> seen = EnumSet.noneOf(Finding.class);
    for (int i = 0; i < 3000; i++) {
      seen.addAll(sampler.sample(71, i).findings(Modality.ECG));
    }
    for (Finding f : Finding.shownBy(Modality.ECG)) {
      assertTrue(seen.contains(f), f.id());
      assertEquals(Modality.ECG, facts.get(f.id()).modality());
      assertFalse(facts.get(f.id()).phrases().isEmpty());
    }
  }

  @Test
  void aFindingImpliesItsSuperclassAndNothingIsBothPresentAndAbsent() {
    for (int i = 0; i < 1500; i++) {
      ChestState s = sampler.sample(72, i);
      Knowledge k = knowledge(s);
      assertFalse(k.present().intersects(k.absent()), "study " + i);
      for (Fact fact : facts.of(Modality.ECG)) {
        if (k.present().get(fact.index())) {
          fact.parents().forEach(p -> assertTrue(has(k, p), fact.id() + " without " + p));
        }
      }
      for (Finding f : s.findings(Modality.ECG)) {
        assertTrue(has(k, f.id()), f.id());
      }
      if (s.ecg().has(Finding.OLD_INFARCTION) || s.ecg().has(Finding.ST_ELEVATION)) {
        assertTrue(has(k, "myocardial-infarction"));
      }
      assertEquals(
          s.ecg().has(Finding.LEFT_VENTRICULAR_HYPERTROPHY)
              || s.ecg().has(Finding.RIGHT_VENTRICULAR_HYPERTROPHY),
          has(k, "hypertrophy"));
    }
  }

  @Test
  void whatReadersMayOrMayNotAddIsUndecided() {
    Finding[] withSecondaryChanges = {
      Finding.LEFT_BUNDLE_BRANCH_BLOCK, Finding.LEFT_VENTRICULAR_HYPERTROPHY, Finding.PACED_RHYTHM
    };
    for (Finding f : withSecondaryChanges) {
      for (int i = 0; i < 400; i++) {
        ChestState s = sampler.sample(73, i);
        if (s.ecg().has(f)) {
          Knowledge k = knowledge(s);
          assertFalse(denied(k, "st-t-change"), f + " leaves ST-T undecided");
          assertTrue(has(k, "st-t-change") == s.ecg().has(Finding.ISCHAEMIA));
        }
      }
    }
  }

  @Test
  void aHealthyHeartHasNoDisease() {
    int normal = 0;
    for (int i = 0; i < 300; i++) {
      ChestState s = sampler.sample(74, i);
      if (s.findings(Modality.ECG).isEmpty() && !s.ecg().technical().armReversal()) {
        Knowledge k = knowledge(s);
        normal++;
        assertTrue(has(k, "normal-ecg") && has(k, "sinus-rhythm"));
        assertTrue(denied(k, "atrial-fibrillation") && denied(k, "digitalis-effect"));
      }
    }
    assertTrue(normal > 60);
  }

  @Test
  void allMeasuresAreKnown() {
    for (int i = 0; i < 200; i++) {
      ChestState s = sampler.sample(75, i);
      Measurements m = simulator.record(s).measurements();
      Knowledge k = knowledge(s);
      assertEquals(m.ventricularRateBpm(), k.particulars().get(Measure.VENTRICULAR_RATE));
      assertEquals(m.prMs(), k.particulars().get(Measure.PR_INTERVAL));
      assertEquals(m.qrsMs(), k.particulars().get(Measure.QRS_DURATION));
      assertEquals(m.qtcMs(), k.particulars().get(Measure.QTC_INTERVAL));
    }
  }

  private Knowledge knowledge(ChestState s) {
    return new EcgFacts(facts).of(s.ecg(), simulator.record(s).measurements());
  }

  private boolean has(Knowledge k, String id) {
    return k.present().get(facts.get(id).index());
  }

  private boolean denied(Knowledge k, String id) {
    return k.absent().get(facts.get(id).index());
  }
}
