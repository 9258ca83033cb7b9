package io.precordia.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomHeader;
import io.precordia.error.ErrorCode;
import io.precordia.store.InstanceRecord;
import io.precordia.store.Store;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks into the data directory of a service that has ended. */
final class KeptOnce {
  private final Path data;

  KeptOnce(Path data) {
    this.data = data;
  }

  /** Everything acknowledged is there, and nothing is there twice, acknowledged or not. */
  void check(Set<Integer> stores, Set<Integer> stows, Set<Integer> messages) {
    try (Store store = Store.open(data, null)) {
      Map<String, Integer> texts = new HashMap<>();
      Set<String> objects = new HashSet<>();
      int dicom = 0;
      Long after = 0L;
      while (after != null) {
        var page = store.records().list(null, after, 1000);
        for (InstanceRecord record : page.items()) {
          assertTrue(
              record.flags().stream().noneMatch(f -> f.code() == ErrorCode.CONFLICT),
              "the same object came in as two");
          if (record.text() != null) {
            texts.merge(record.text(), 1, Integer::sum);
          } else {
            dicom++;
            objects.add(
                store
                    .records()
                    .dicom()
                    .ofInstance(record.id())
                    .map(row -> DicomHeader.decode(row.header()).sopInstance())
                    .orElse("not in the catalogue: " + record.id()));
          }
        }
        after = page.next();
      }
      assertEquals(dicom, objects.size(), "an object is kept twice");
      for (Set<Integer> sent : List.of(stores, stows)) {
        for (int number : sent) {
          assertTrue(
              objects.contains(DicomLoad.object(number).object().sopInstance()),
              () -> "lost: " + number);
        }
      }
      assertTrue(texts.values().stream().allMatch(n -> n == 1), "a report is kept twice");
      messages(store, texts, messages);
    }
  }

  private static void messages(Store store, Map<String, Integer> texts, Set<Integer> numbers) {
    String survivor = store.ids().subject("S^^^H");
    for (int number : numbers) {
      if (MllpSender.merges(number)) {
        assertEquals(
            survivor,
            store.subjects().surviving(store.ids().subject("P" + number + "^^^H")),
            () -> "a merge is lost: " + number);
      } else {
        assertTrue(texts.containsKey(MllpSender.text(number)), () -> "a report is lost: " + number);
      }
    }
  }
}
