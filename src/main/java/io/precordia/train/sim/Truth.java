package io.precordia.train.sim;

import io.precordia.study.Lead;
import io.precordia.study.Modality;
import io.precordia.train.sim.ecg.EcgEvidence;
import io.precordia.train.sim.ecg.EcgRecording.Fiducials;
import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.XrayFinding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ground truth of a study as a tree of maps, lists, strings, numbers and booleans, for {@code
 * truth.json}.
 */
final class Truth {
  private Truth() {}

  static Map<String, Object> of(
      SimulatedStudy study, SimulatedIdentity identity, Map<String, String> files) {
    ChestState s = study.state();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("generator", "precordia-simulator");
    out.put("seed", s.seed());
    out.put("index", s.index());
    out.put("patientId", identity.patientId());
    out.put("studyUid", identity.studyUid());
    out.put("date", identity.taken().toLocalDate().toString());
    out.put("sex", s.sex().code());
    out.put("ageYears", s.ageYears());
    out.put("condition", s.condition().name().toLowerCase(Locale.ROOT));
    out.put("view", s.projection().name());
    out.put("supine", s.technique().supine());
    out.put("posteriorRibs", rounded(s.technique().posteriorRibs(), 10));
    out.put("rotationDegrees", rounded(s.technique().rotation(), 10));
    out.put("files", files);
    out.put("findings", ids(s.findings()));
    Map<String, Object> by = new LinkedHashMap<>();
    by.put("xray", ids(s.findings(Modality.XRAY)));
    by.put("ecg", ids(s.findings(Modality.ECG)));
    by.put("report", ids(s.findings(Modality.REPORT)));
    out.put("shownBy", by);
    out.put("xray", xray(study));
    out.put("ecg", ecg(study));
    return out;
  }

  private static List<String> ids(Collection<Finding> findings) {
    return findings.stream().map(Finding::id).toList();
  }

  private static Map<String, Object> xray(SimulatedStudy study) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("cardiothoracicRatio", rounded(study.state().cardiothoracicRatio(), 1000));
    List<Object> details = new ArrayList<>();
    for (XrayFinding f : study.state().xray()) {
      details.add(detail(f));
    }
    out.put("details", details);
    int size = study.image().size();
    Map<String, Object> masks = new LinkedHashMap<>();
    study.image().masks().forEach((finding, mask) -> masks.put(finding.id(), mask(mask, size)));
    out.put("masks", masks);
    return out;
  }

  private static Map<String, Object> detail(XrayFinding finding) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", finding.label().id());
    switch (finding) {
      case XrayFinding.Cardiomegaly c -> out.put("ratio", rounded(c.ratio(), 1000));
      case XrayFinding.Effusion e -> {
        out.put("side", e.side().word());
        out.put("grade", e.grade());
        out.put("heightCm", rounded(e.height(), 10));
      }
      case XrayFinding.Consolidation c -> {
        out.put("side", c.side().word());
        out.put("zone", c.zone().word());
        out.put("radiusCm", rounded(c.radius(), 10));
      }
      case XrayFinding.Pneumothorax p -> {
        out.put("side", p.side().word());
        out.put("grade", p.grade());
        out.put("gapCm", rounded(p.gap(), 10));
      }
      case XrayFinding.Oedema o -> {
        out.put("grade", o.grade());
        out.put("severity", rounded(o.severity(), 100));
      }
      case XrayFinding.Nodule n -> {
        out.put("side", n.side().word());
        out.put("zone", n.zone().word());
        out.put("diameterCm", rounded(n.diameter(), 10));
      }
      case XrayFinding.CentralLine c -> {
        out.put("side", c.side().word());
        out.put("access", c.access().name().toLowerCase(Locale.ROOT));
      }
      case XrayFinding.Mass m -> {
        out.put("side", m.side().word());
        out.put("zone", m.zone().word());
        out.put("diameterCm", rounded(m.diameter(), 10));
      }
      case XrayFinding.Atelectasis a -> {
        out.put("side", a.side().word());
        out.put("lobar", a.lobar());
      }
      case XrayFinding.Emphysema e -> out.put("severity", rounded(e.severity(), 100));
      case XrayFinding.Fibrosis x -> out.put("severity", rounded(x.severity(), 100));
      case XrayFinding.PericardialEffusion e -> out.put("ratio", rounded(e.ratio(), 1000));
      case XrayFinding.HiatalHernia h -> out.put("radiusCm", rounded(h.radius(), 10));
      case XrayFinding.PulmonaryArteries a -> out.put("factor", rounded(a.factor(), 100));
      case XrayFinding.NasogastricTube n -> out.put("placed", true);
      case XrayFinding.SternotomyWires w -> out.put("count", w.count());
      case XrayFinding.Pacemaker p -> out.put("leads", p.dualChamber() ? 2 : 1);
      case XrayFinding.EndotrachealTube t ->
          out.put("tipAboveCarinaCm", rounded(t.tipAboveCarina(), 10));
    }
    return out;
  }

  /**
   * Box and run lengths: alternating counts of pixels outside and inside, row-major, starting
   * outside.
   */
  private static Map<String, Object> mask(boolean[] mask, int size) {
    int left = size;
    int top = size;
    int right = -1;
    int bottom = -1;
    List<Integer> counts = new ArrayList<>();
    boolean inside = false;
    int run = 0;
    for (int p = 0; p < mask.length; p++) {
      if (mask[p] != inside) {
        counts.add(run);
        run = 0;
        inside = mask[p];
      }
      run++;
      if (mask[p]) {
        left = Math.min(left, p % size);
        right = Math.max(right, p % size);
        top = Math.min(top, p / size);
        bottom = Math.max(bottom, p / size);
      }
    }
    counts.add(run);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("rows", size);
    out.put("columns", size);
    out.put("box", right < 0 ? List.of() : List.of(left, top, right - left + 1, bottom - top + 1));
    out.put("counts", counts);
    return out;
  }

  private static Map<String, Object> ecg(SimulatedStudy study) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put(
        "rhythm", study.state().ecg().rhythm().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    EcgState e = study.state().ecg();
    territory(out, "stElevation", e.stElevation());
    territory(out, "oldInfarction", e.oldInfarction());
    territory(out, "ischaemia", e.ischaemia());
    if (e.technical().armReversal()) {
      out.put("armReversal", true);
    }
    if (e.technical().openLeads() != 0) {
      out.put(
          "openLeads",
          IntStream.rangeClosed(1, 6).filter(e.technical()::open).mapToObj(v -> "V" + v).toList());
    }
    out.put("rateHz", study.ecg().rateHz());
    Measurements m = study.recording().measurements();
    out.put("ventricularRateBpm", rounded(m.ventricularRateBpm(), 10));
    if (!Double.isNaN(m.prMs())) {
      out.put("prMs", rounded(m.prMs(), 10));
    }
    out.put("qrsMs", rounded(m.qrsMs(), 10));
    out.put("qtMs", rounded(m.qtMs(), 10));
    out.put("qtcMs", rounded(m.qtcMs(), 10));
    out.put("axisDegrees", rounded(m.axisDegrees(), 10));
    List<Object> beats = new ArrayList<>();
    for (Fiducials f : study.recording().beats()) {
      Map<String, Object> beat = new LinkedHashMap<>();
      beat.put("pOnset", f.pOnset());
      beat.put("qrsOnset", f.qrsOnset());
      beat.put("rPeak", f.rPeak());
      beat.put("qrsOffset", f.qrsOffset());
      beat.put("tEnd", f.tEnd());
      beat.put("ectopic", f.ectopic());
      beat.put("origin", f.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      beats.add(beat);
    }
    out.put("beats", beats);
    out.put("evidence", evidence(study));
    return out;
  }

  /** Leads and sample spans that show each finding that has a place. */
  private static Map<String, Object> evidence(SimulatedStudy study) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (Finding f : study.findings(Modality.ECG)) {
      EcgEvidence.of(f, study.state().ecg(), study.recording())
          .ifPresent(e -> out.put(f.id(), e.parts().stream().map(Truth::part).toList()));
    }
    return out;
  }

  private static Map<String, Object> part(EcgEvidence.Part part) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("leads", part.leads().stream().sorted().map(Lead::name).toList());
    out.put("segment", part.segment().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    out.put("spans", part.spans().stream().map(s -> List.of(s.from(), s.to())).toList());
    return out;
  }

  private static void territory(
      Map<String, Object> out, String key, EcgState.@Nullable Territory territory) {
    if (territory != null) {
      out.put(key, territory.word());
    }
  }

  private static double rounded(double value, int parts) {
    return (double) Math.round(value * parts) / parts;
  }
}
