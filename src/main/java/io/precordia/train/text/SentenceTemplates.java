package io.precordia.train.text;

import io.precordia.study.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Frames around a phrase: the same wording for training sentences and zero-shot prompts. */
public final class SentenceTemplates {
  private static final List<String> ASSERT = List.of("%s.", "There is %s.", "Findings: %s.");
  private static final List<String> ASSERT_XRAY =
      List.of("Chest radiograph with %s.", "Chest x-ray showing %s.", "Impression: %s.");
  private static final List<String> ASSERT_ECG =
      List.of("ECG with %s.", "Electrocardiogram showing %s.", "ECG: %s.");
  private static final List<String> DENY =
      List.of("No %s.", "There is no %s.", "No evidence of %s.", "Without %s.");

  private SentenceTemplates() {}

  /** A sentence that asserts the fact. */
  public static String assertion(Fact fact, RandomGenerator random) {
    String phrase = pick(fact.phrases(), random);
    if (fact.normal()) {
      return sentence(phrase + ".");
    }
    List<String> frames =
        random.nextInt(3) == 0
            ? (fact.modality() == Modality.XRAY ? ASSERT_XRAY : ASSERT_ECG)
            : ASSERT;
    return sentence(pick(frames, random).formatted(phrase));
  }

  /** A sentence that denies the fact. */
  public static String denial(Fact fact, RandomGenerator random) {
    if (!fact.denials().isEmpty() && (fact.normal() || random.nextBoolean())) {
      return sentence(pick(fact.denials(), random) + ".");
    }
    if (fact.normal()) {
      return sentence("abnormal " + fact.phrases().getFirst() + ".");
    }
    return sentence(pick(DENY, random).formatted(withoutArticle(pick(fact.phrases(), random))));
  }

  /** All assertions used as an ensemble. */
  public static List<String> assertions(Fact fact) {
    List<String> out = new ArrayList<>();
    for (String phrase : fact.phrases()) {
      out.add(sentence(phrase + "."));
      if (!fact.normal()) {
        out.add(sentence(ASSERT.get(1).formatted(phrase)));
      }
    }
    return out;
  }

  /** All denials used as an ensemble. */
  public static List<String> denials(Fact fact) {
    List<String> out = new ArrayList<>();
    fact.denials().forEach(d -> out.add(sentence(d + ".")));
    if (!fact.normal()) {
      for (String phrase : fact.phrases()) {
        out.add(sentence(DENY.get(0).formatted(withoutArticle(phrase))));
        out.add(sentence(DENY.get(2).formatted(withoutArticle(phrase))));
      }
    }
    return out;
  }

  private static String withoutArticle(String phrase) {
    return phrase.startsWith("a ")
        ? phrase.substring(2)
        : phrase.startsWith("an ") ? phrase.substring(3) : phrase;
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String pick(List<String> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }
}
