package io.precordia.train.data;

import io.precordia.study.Modality;
import io.precordia.train.text.Knowledge;
import io.precordia.train.text.Narrative;
import java.util.List;
import java.util.Map;

/**
 * One study prepared for training or evaluation. Arrays are shared, treat them as read-only.
 *
 * @param source data set, for example {@code kermany}
 * @param subject patient within the source
 * @param id record within the source
 * @param group subset that figures are reported for, for example the view; may be empty
 * @param xray grey octets of the model's size; empty if there is none
 * @param ecg z-scores times {@value #ECG_SCALE}, lead-major; empty if there is none
 * @param xrayTexts texts about the radiograph
 * @param ecgTexts texts about the ECG
 * @param report the whole report as a service would get it; empty if there is none
 * @param strata subgroups that figures are reported for, for example {@code view} to {@code AP};
 *     what is unknown of a study is not a key
 * @param regions where the radiograph shows what it shows; empty where that is not known
 */
public record StudySample(
    String source,
    String subject,
    String id,
    String group,
    byte[] xray,
    short[] ecg,
    Knowledge xrayKnowledge,
    Knowledge ecgKnowledge,
    List<Narrative> xrayTexts,
    List<Narrative> ecgTexts,
    String report,
    Map<String, String> strata,
    List<RegionMask> regions) {
  /** Units per standard deviation of {@link #ecg()}. */
  public static final int ECG_SCALE = 1000;

  /** Stands for a missing radiograph. */
  static final byte[] NO_XRAY = {};

  /** Stands for a missing ECG. */
  static final short[] NO_ECG = {};

  public StudySample {
    xrayTexts = List.copyOf(xrayTexts);
    ecgTexts = List.copyOf(ecgTexts);
    strata = Map.copyOf(strata);
    regions = List.copyOf(regions);
  }

  /** A study whose findings have no known place. */
  public StudySample(
      String source,
      String subject,
      String id,
      String group,
      byte[] xray,
      short[] ecg,
      Knowledge xrayKnowledge,
      Knowledge ecgKnowledge,
      List<Narrative> xrayTexts,
      List<Narrative> ecgTexts,
      String report,
      Map<String, String> strata) {
    this(
        source,
        subject,
        id,
        group,
        xray,
        ecg,
        xrayKnowledge,
        ecgKnowledge,
        xrayTexts,
        ecgTexts,
        report,
        strata,
        List.of());
  }

  /** The same study with other pixels. */
  public StudySample withXray(byte[] other) {
    return with(other, ecg);
  }

  /** The same study with another signal. */
  public StudySample withEcg(short[] other) {
    return with(xray, other);
  }

  private StudySample with(byte[] pixels, short[] signal) {
    return new StudySample(
        source,
        subject,
        id,
        group,
        pixels,
        signal,
        xrayKnowledge,
        ecgKnowledge,
        xrayTexts,
        ecgTexts,
        report,
        strata,
        regions);
  }

  /** Value of a subgroup key, empty where it is unknown. */
  public String stratum(String key) {
    return strata.getOrDefault(key, "");
  }

  /** What is known of one modality. */
  public Knowledge knowledge(Modality modality) {
    return modality == Modality.XRAY ? xrayKnowledge : ecgKnowledge;
  }

  public List<Narrative> texts(Modality modality) {
    return modality == Modality.XRAY ? xrayTexts : ecgTexts;
  }

  public boolean has(Modality modality) {
    return (modality == Modality.XRAY ? xray.length : ecg.length) > 0;
  }

  /** Patient across sources. */
  public String patient() {
    return source + ":" + subject;
  }

  /** z-scores as stored integers. */
  public static short[] quantised(float[] zScores) {
    short[] out = new short[zScores.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (short) Math.clamp(Math.round(zScores[i] * ECG_SCALE), -32_768, 32_767);
    }
    return out;
  }
}
