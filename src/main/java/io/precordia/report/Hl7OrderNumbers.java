package io.precordia.report;

import io.precordia.study.OrderNumbers;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Order numbers of an ORU or MDM message: filler OBR-3, ORC-3, TXA-15; accession OBR-18 (IHE
 * scheduled workflow of v2.3.1) and IPC-1 (v2.5.1); placer OBR-2, ORC-2, TXA-14.
 */
final class Hl7OrderNumbers {
  private Hl7OrderNumbers() {}

  static OrderNumbers of(Hl7Message message) {
    Set<String> accessions = new LinkedHashSet<>();
    Set<String> placers = new LinkedHashSet<>();
    for (Hl7Segment segment : message.segments()) {
      switch (segment.name()) {
        case "OBR" -> {
          accessions.add(segment.component(3, 1));
          accessions.add(segment.component(18, 1));
          placers.add(segment.component(2, 1));
        }
        case "ORC" -> {
          accessions.add(segment.component(3, 1));
          placers.add(segment.component(2, 1));
        }
        case "IPC" -> accessions.add(segment.component(1, 1));
        case "TXA" -> {
          accessions.add(segment.component(15, 1));
          placers.add(segment.component(14, 1));
        }
        default -> {}
      }
    }
    return new OrderNumbers(accessions, placers);
  }
}
