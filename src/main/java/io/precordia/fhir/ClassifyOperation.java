package io.precordia.fhir;

import io.precordia.api.Embeddings;
import io.precordia.api.EngineHolder;
import io.precordia.api.Questions;
import io.precordia.api.view.ClassifyAnswer;
import io.precordia.api.view.LabelScore;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import io.precordia.store.InstanceRecord;
import io.precordia.study.Content;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** $classify: zero-shot probabilities of labels. */
@Singleton
public class ClassifyOperation implements Operation {
  private static final Set<String> NAMES = Set.of("label", "study", "instance", "text", "file");
  private static final MathContext DIGITS = new MathContext(6);
  private final EngineHolder holder;
  private final Kept kept;

  ClassifyOperation(EngineHolder holder, Kept kept) {
    this.holder = holder;
    this.kept = kept;
  }

  @Override
  public String name() {
    return "classify";
  }

  @Override
  public Resource invoke(String base, @Nullable String study, OperationInput input) {
    input.only(NAMES);
    List<String> labels = input.texts("label");
    String named = input.text("study");
    String text = input.text("text");
    List<Part> files = input.files("file");
    String own = study != null ? study : named == null ? null : StudyQuestion.id(named);
    int subjects = (own == null ? 0 : 1) + (text == null ? 0 : 1) + (files.isEmpty() ? 0 : 1);
    if (subjects != 1 || (study != null && named != null)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "exactly one of a study, text and file is needed");
    }
    Parameters out = new Parameters();
    try (Questions questions = holder.ask(null)) {
      if (own != null) {
        for (InstanceRecord instance : StudyQuestion.evidence(kept, own, input.text("instance"))) {
          ParametersParameterComponent result =
              result(
                  out,
                  classify(
                      questions,
                      Embeddings.content(kept.records().decoded(instance.id())),
                      labels));
          result.addPart().setName("source").setValue(new Reference("Binary/" + instance.id()));
        }
      } else {
        Content content =
            text != null ? Embeddings.report(text) : questions.embeddings().content(files);
        ParametersParameterComponent unused = result(out, classify(questions, content, labels));
      }
    }
    return out;
  }

  private static ClassifyAnswer classify(
      Questions questions, Content content, List<String> labels) {
    return questions
        .classification()
        .classify(content.modality(), questions.embeddings().vectors(content), labels, Map.of());
  }

  private static ParametersParameterComponent result(Parameters out, ClassifyAnswer answer) {
    ParametersParameterComponent result = out.addParameter().setName("result");
    result.addPart().setName("modality").setValue(new CodeType(answer.modality()));
    result.addPart().setName("model").setValue(DeviceKind.reference(answer.model()));
    result
        .addPart()
        .setName("sha256")
        .setValue(new UriType(Systems.MODEL_DIGEST + ":" + answer.model().sha256()));
    for (LabelScore score : answer.labels()) {
      ParametersParameterComponent label = result.addPart().setName("label");
      label.addPart().setName("name").setValue(new StringType(score.label()));
      label.addPart().setName("probability").setValue(decimal(score.probability()));
      label.addPart().setName("score").setValue(decimal(score.score()));
      if (score.presence() != null) {
        label.addPart().setName("presence").setValue(decimal(score.presence()));
      }
      if (score.decision() != null) {
        label.addPart().setName("decision").setValue(new CodeType(score.decision()));
      }
      if (score.untrained() != null) {
        label.addPart().setName("untrained").setValue(new BooleanType(score.untrained()));
      }
    }
    return result;
  }

  private static DecimalType decimal(double value) {
    return new DecimalType(BigDecimal.valueOf(value).round(DIGITS));
  }

  @Override
  public OperationDefinition definition() {
    OperationDefinition definition =
        Definitions.query(
            name(),
            "Classify",
            "Zero-shot probabilities of labels for each image and recording of a study, a file or a text.");
    Definitions.in(definition, "label", "*", "string", "2 to 100 different labels");
    Definitions.in(definition, "study", "1", "string", "On the type: a kept ImagingStudy");
    Definitions.in(definition, "instance", "1", "string", "One instance of it; all if absent");
    Definitions.in(definition, "text", "1", "string", "On the type: words to classify");
    Definitions.in(definition, "file", "*", "Attachment", "A file to classify; it is not kept");
    Definitions.out(
        definition,
        "Parameters",
        "One result for each image or recording: modality, model (Device), sha256, source (Binary), and for each label its name, "
            + "probability (softmax over the labels), score (cosine), and where the weights are calibrated for it presence and decision; "
            + "untrained where the score means nothing");
    return definition;
  }
}
