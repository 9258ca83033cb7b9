package io.precordia.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.ecg.EcgPreprocessing;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.XrayPreprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code preprocessing.json} of a MoRE folder says. */
public record MorePreprocessing(XrayPreprocessing xray, EcgPreprocessing ecg) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * Reads the file of a model folder.
   *
   * @throws PrecordiaException BAD_WEIGHTS if it is absent or malformed
   */
  public static MorePreprocessing read(Path folder) {
    try {
      return JSON.readValue(
          Files.readAllBytes(folder.resolve("preprocessing.json")), MorePreprocessing.class);
    } catch (JsonProcessingException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "preprocessing.json: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "the model folder has no readable preprocessing.json; copy it completely",
          e);
    }
  }
}
