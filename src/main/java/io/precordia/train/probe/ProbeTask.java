package io.precordia.train.probe;

import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.KermanyCorpus;
import io.precordia.train.data.NihCorpus;
import io.precordia.train.data.PtbXlCorpus;
import io.precordia.train.data.StudySample;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One supervised yes-or-no question about one real data set.
 *
 * @param name as in the tables
 * @param source data set
 * @param fact what is asked
 * @param among only studies that show this are asked; null for all
 * @param grouped whether features are standardised and ranked within the group (the view)
 */
public record ProbeTask(
    String name, String source, Fact fact, @Nullable Fact among, boolean grouped) {
  public static final String ATRIAL_FIBRILLATION = "PTB-XL, atrial fibrillation";

  /** The questions of the evaluation; PTB-XL's five superclasses come first. */
  public static List<ProbeTask> standard(FactVocabulary facts) {
    List<ProbeTask> out = new ArrayList<>();
    facts
        .superclasses()
        .forEach(
            (name, fact) ->
                out.add(new ProbeTask("PTB-XL, " + name, PtbXlCorpus.NAME, fact, null, false)));
    out.add(
        new ProbeTask(
            ATRIAL_FIBRILLATION, PtbXlCorpus.NAME, facts.get("atrial-fibrillation"), null, false));
    Fact pneumonia = facts.get("pneumonia");
    out.add(
        new ProbeTask(
            "Kermany, pneumonia against normal", KermanyCorpus.NAME, pneumonia, null, false));
    out.add(
        new ProbeTask(
            "Kermany, bacterial against viral",
            KermanyCorpus.NAME,
            facts.get("bacterial-pneumonia"),
            pneumonia,
            false));
    out.add(
        new ProbeTask("NIH, pneumonia against no finding", NihCorpus.NAME, pneumonia, null, true));
    return out;
  }

  public Modality modality() {
    return fact.modality();
  }

  /** The studies of the task's data set. */
  public List<StudySample> studies(Corpora data) {
    return switch (source) {
      case PtbXlCorpus.NAME -> data.ptbxl();
      case KermanyCorpus.NAME -> data.kermany();
      default -> data.nih();
    };
  }

  /** The task's records of one split of its data set, with features in the order of studies. */
  public ProbeSet set(List<StudySample> studies, float[][] features) {
    int[] asked = asked(studies).toArray();
    boolean[] positive = new boolean[asked.length];
    List<String> patients = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    float[][] rows = new float[asked.length][];
    for (int i = 0; i < asked.length; i++) {
      StudySample study = studies.get(asked[i]);
      patients.add(study.patient());
      groups.add(grouped ? study.group() : "");
      rows[i] = features[asked[i]];
      positive[i] = shows(study, fact);
    }
    return new ProbeSet(patients, groups, rows, positive);
  }

  /** Ids of the records of {@link #set}, in its order. */
  public List<String> ids(List<StudySample> studies) {
    return asked(studies).mapToObj(i -> studies.get(i).id()).toList();
  }

  /** Indices of the studies that are asked. */
  public IntStream asked(List<StudySample> studies) {
    Fact needed = among;
    return IntStream.range(0, studies.size())
        .filter(i -> needed == null || shows(studies.get(i), needed));
  }

  /** The answer of an asked study. */
  public boolean positive(StudySample study) {
    return shows(study, fact);
  }

  private boolean shows(StudySample study, Fact what) {
    return study.knowledge(modality()).present().get(what.index());
  }
}
