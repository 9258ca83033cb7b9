package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Lead;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeadNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I|I",
        "i|I",
        " II |II",
        "Lead III|III",
        "lead 1|I",
        "DII|II",
        "aVR|AVR",
        "AVR|AVR",
        "avf|AVF",
        "V1|V1",
        "v6|V6",
        "C3|V3",
        "ECG_V2|V2",
        "MDC_ECG_LEAD_I|I",
        "MDC_ECG_LEAD_aVL|AVL",
        "MDC_ECG_LEAD_V5|V5",
        "2:1|I",
        "2:2|II",
        "2:3|V1",
        "2:8|V6",
        "2:61|III",
        "2:62|AVR",
        "2:63|AVL",
        "2:64|AVF",
        "131073|I",
        "131133|III",
        "5.6.3-9-1|I",
        "5.6.3-9-61|III",
        "SCP-ECG 64|AVF",
        "Lead I (Einthoven)|I",
        "aVR, augmented voltage, right|AVR",
        "Lead V1|V1",
        "aVF, augmented voltage, foot|AVF",
        "EKG II|II"
      })
  void known(String name, Lead lead) {
    assertEquals(Optional.of(new LeadNames.Match(lead, false)), LeadNames.parse(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-aVR", "\u2212aVR", "MDC_ECG_LEAD_AVRneg", "2:65", "5.6.3-9-65"})
  void invertedAvr(String name) {
    assertEquals(Optional.of(new LeadNames.Match(Lead.AVR, true)), LeadNames.parse(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "MLII", "ML1", "MCL1", "V", "V7", "V3R", "X", "1", "2", "2:0", "2:9", "PLETH", "IV",
        "ABP", "-I", "-V1", "ECG", "Lead", "131072", "IIII", "RESP"
      })
  void notAmongTheTwelve(String name) {
    assertEquals(Optional.empty(), LeadNames.parse(name));
  }

  @Test
  void hostileNamesAreCheap() {
    assertTrue(LeadNames.parse("(".repeat(1_000_000)).isEmpty());
    assertTrue(LeadNames.parse("LEAD ".repeat(39)).isEmpty());
  }
}
