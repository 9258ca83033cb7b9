package io.precordia.train.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ParticularsTest {
  @Test
  void onlyWhatBothStateCanDiffer() {
    Particulars rate = Particulars.NONE.with(Measure.VENTRICULAR_RATE, 70);
    Particulars axis = Particulars.NONE.with(Measure.QRS_AXIS, 30);
    assertFalse(rate.contradicts(axis));
    assertFalse(rate.contradicts(Particulars.NONE));
    assertFalse(rate.contradicts(rate.with(Measure.VENTRICULAR_RATE, 74)));
    assertTrue(rate.contradicts(rate.with(Measure.VENTRICULAR_RATE, 76)));
    assertFalse(rate.contradicts(rate.with(Measure.VENTRICULAR_RATE, Double.NaN)));
  }

  @Test
  void theAxisGoesRoundTheCircle() {
    assertFalse(Measure.QRS_AXIS.differ(-175, 178));
    assertTrue(Measure.QRS_AXIS.differ(-60, 60));
  }

  @Test
  void aTextWithAnotherNumberIsKnownToBeFalse() {
    Particulars study = Particulars.NONE.with(Measure.CARDIOTHORACIC_RATIO, 0.44);
    Knowledge known = new Knowledge(new BitSet(), new BitSet(), study);
    Claims plain = new Claims(new BitSet(), new BitSet());
    assertFalse(plain.contradicts(known));
    assertTrue(plain.stating(study.with(Measure.CARDIOTHORACIC_RATIO, 0.55)).contradicts(known));
    assertFalse(plain.stating(study).contradicts(known));
    assertEquals(study, study.with(Measure.CARDIOTHORACIC_RATIO, 0.44));
  }
}
