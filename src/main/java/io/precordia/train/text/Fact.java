package io.precordia.train.text;

import io.precordia.study.Modality;
import java.util.List;

/**
 * One statement that is true or false of a radiograph or an ECG.
 *
 * @param index position in the vocabulary, for bit sets
 * @param id stable text form
 * @param modality XRAY or ECG
 * @param normal whether it states that nothing is abnormal
 * @param phrases noun phrases that assert it, the first is its name
 * @param denials whole statements that deny it
 * @param codes PTB-XL statement names that mean it
 * @param parents ids of broader facts that it implies
 */
public record Fact(
    int index,
    String id,
    Modality modality,
    boolean normal,
    List<String> phrases,
    List<String> denials,
    List<String> codes,
    List<String> parents) {
  public Fact {
    phrases = List.copyOf(phrases);
    denials = List.copyOf(denials);
    codes = List.copyOf(codes);
    parents = List.copyOf(parents);
  }
}
