package io.precordia.fhir;

import io.precordia.api.CalibratedFinding;
import io.precordia.api.EngineHolder;
import io.precordia.api.Questions;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.StudyRecord;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calibrated findings of images and recordings under the model that answers now. They are
 * computed from the kept vectors when they are asked for, so they can never be of another model
 * than they say.
 */
@Singleton
public class Findings {
  private final EngineHolder holder;

  Findings(EngineHolder holder) {
    this.holder = holder;
  }

  /**
   * What is said of one instance.
   *
   * @param model what made the vectors and the probabilities
   */
  record OfInstance(InstanceRecord instance, ModelRef model, List<CalibratedFinding> findings) {
    OfInstance {
      findings = List.copyOf(findings);
    }
  }

  /** Of every instance of a study that something can be said of. */
  List<OfInstance> of(StudyRecord study) {
    return of(study.instances());
  }

  List<OfInstance> of(List<InstanceRecord> instances) {
    List<OfInstance> all = new ArrayList<>();
    List<InstanceRecord> candidates =
        instances.stream()
            .filter(i -> i.status() == InstanceStatus.STORED)
            .filter(i -> i.modality() == Modality.XRAY || i.modality() == Modality.ECG)
            .toList();
    if (candidates.isEmpty()) {
      return all;
    }
    var workspace = holder.engine().workspace();
    try (Questions questions = holder.ask(null)) {
      String digest = questions.embeddings().encoder().ref().sha256();
      for (InstanceRecord instance : candidates) {
        Modality modality = instance.modality();
        if (modality != null) {
          List<CalibratedFinding> findings =
              questions
                  .classification()
                  .findings(modality, workspace.records().vectors(instance, digest));
          if (!findings.isEmpty()) {
            all.add(new OfInstance(instance, questions.classification().model(modality), findings));
          }
        }
      }
    }
    return all;
  }

  /** Embeds the prompts of every calibrated finding, which happens once for each model. */
  void prepare() {
    try (Questions questions = holder.ask(null)) {
      float[] nothing = new float[questions.embeddings().encoder().dimension()];
      for (Modality modality : Modality.values()) {
        List<CalibratedFinding> unused =
            questions.classification().findings(modality, List.of(nothing));
      }
    }
  }

  /** The models that answer now, each once. */
  List<ModelRef> models() {
    try (Questions questions = holder.ask(null)) {
      Map<String, ModelRef> models = new LinkedHashMap<>();
      for (Modality modality : Modality.values()) {
        ModelRef model = questions.classification().model(modality);
        models.putIfAbsent(model.sha256(), model);
      }
      return List.copyOf(models.values());
    }
  }
}
