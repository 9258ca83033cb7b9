package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.precordia.api.view.LabelScore;
import io.precordia.model.Encoder;
import io.precordia.serve.HashingEncoder;
import io.precordia.study.Modality;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.KnownVocabulary;
import io.precordia.train.metrics.Abstention;
import io.precordia.train.metrics.PlattScaling;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private final Encoder encoder = new HashingEncoder();

  private static Calibration calibration(double offset) {
    return new Calibration(
        "val",
        1.0,
        List.of(
            new Calibration.Label(
                "pleural-effusion",
                Modality.XRAY,
                List.of("pleural effusion"),
                List.of("Pleural effusion."),
                List.of("No pleural effusion."),
                new PlattScaling(1, offset),
                100,
                20,
                new Abstention(0.8, 0.3),
                31,
                List.of())),
        List.of(
            new KnownVocabulary(
                Modality.XRAY, 0.6, 1, 1, List.of("pleural effusion", "pulmonary nodule"))));
  }

  private Map<String, LabelScore> classify(
      Calibration calibration, Map<String, List<String>> prompts, String... labels) {
    float[] vector = encoder.embedTexts(List.of("Heart.")).clone()[0];
    return new Classification(encoder, calibration)
        .classify(Modality.XRAY, List.of(vector), List.of(labels), prompts).labels().stream()
            .collect(Collectors.toMap(LabelScore::label, Function.identity()));
  }

  @Test
  void aCalibratedLabelIsDecidedAtItsCoverage() {
    LabelScore present =
        classify(calibration(9), Map.of(), "pleural effusion", "x").get("pleural effusion");
    assertEquals("present", present.decision());
    assertEquals(0.8, present.coverage());
    assertNotNull(present.presence());
    assertNull(present.untrained());
    assertEquals(
        "absent",
        classify(calibration(-9), Map.of(), "pleural effusion", "x")
            .get("pleural effusion")
            .decision());
    assertEquals(
        "abstain",
        classify(calibration(0), Map.of(), "pleural effusion", "x")
            .get("pleural effusion")
            .decision());
  }

  @Test
  void aLabelFarFromTheVocabularyIsCalledUntrained() {
    Map<String, LabelScore> found =
        classify(calibration(0), Map.of(), "pulmonary nodule", "banana", "pleural effusion");
    assertNull(found.get("pulmonary nodule").untrained());
    assertNull(found.get("pulmonary nodule").presence());
    assertEquals(true, found.get("banana").untrained());
    assertNotNull(found.get("banana").message());
    assertNull(found.get("banana").decision());
  }

  @Test
  void aLabelWithOwnSentencesIsJudgedByThem() {
    Map<String, List<String>> prompts = Map.of("banana", List.of("Pulmonary nodule."));
    assertNull(classify(calibration(0), prompts, "banana", "y").get("banana").untrained());
  }

  @Test
  void weightsWithoutVocabularySayNothing() {
    LabelScore score = classify(Calibration.NONE, Map.of(), "banana", "y").get("banana");
    assertNull(score.untrained());
    assertNull(score.decision());
  }
}
