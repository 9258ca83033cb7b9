package io.precordia.train.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PairSplitTest {
  private static List<SitePair> pairs(int subjects, int each) {
    List<SitePair> out = new ArrayList<>();
    for (int s = 0; s < subjects; s++) {
      for (int i = 0; i < each; i++) {
        out.add(SitePair.ofXray("subject" + s, new byte[] {1}, "text " + s));
      }
    }
    return out;
  }

  private static Set<String> subjects(List<SitePair> pairs) {
    return pairs.stream().map(SitePair::subject).collect(Collectors.toSet());
  }

  @Test
  void noSubjectIsOnBothSidesAndOrderDoesNotMatter() {
    List<SitePair> all = pairs(40, 3);
    PairSplit split = PairSplit.of(all, 0.25, 1);
    Set<String> training = subjects(split.training().get(Modality.XRAY));
    List<SitePair> validation = split.validation().get(Modality.XRAY);
    assertEquals(30, training.size());
    assertEquals(10, validation.size(), "one pair of each subject");
    assertTrue(Collections.disjoint(training, subjects(validation)));
    assertFalse(split.training().containsKey(Modality.ECG));
    List<SitePair> mixed = new ArrayList<>(all);
    Collections.shuffle(mixed, new Random(3));
    assertEquals(training, subjects(PairSplit.of(mixed, 0.25, 1).training().get(Modality.XRAY)));
    assertNotEquals(training, subjects(PairSplit.of(all, 0.25, 2).training().get(Modality.XRAY)));
  }

  @Test
  void tooFewSubjectsAreCounted() {
    PrecordiaException e =
        assertThrows(PrecordiaException.class, () -> PairSplit.of(pairs(5, 7), 0.2, 1));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, e.code());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("found 35 X-ray-report pairs of 5 subjects"), message);
    assertTrue(message.contains("0 ECG-report pairs of 0 subjects"), message);
    assertFalse(message.contains("subject3"), "no ids in messages");
    assertEquals(4, subjects(PairSplit.of(pairs(4, 1), 0, 1).training().get(Modality.XRAY)).size());
  }
}
