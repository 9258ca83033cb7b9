package io.precordia.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static Inbox.Entry entry(long sequence, long bytes, int crashes) {
    return new Inbox.Entry(sequence, "%032x".formatted(sequence), bytes, crashes, false);
  }

  @Test
  void suspectsComeLastAloneAndTheLeastSuspectedFirst() throws InterruptedException {
    WorkQueue queue = new WorkQueue();
    List.of(entry(1, 1, 3), entry(2, 1, 0), entry(3, 1, 1), entry(4, 1, 0), entry(5, 1, 1))
        .forEach(queue::resume);
    queue.add(entry(6, 1, 0));
    assertEquals(
        List.of(List.of(2L, 4L), List.of(6L), List.of(3L), List.of(5L), List.of(1L), List.of()),
        batches(queue, 2, 6));
  }

  @Test
  void aBatchIsBoundedInBytes() throws InterruptedException {
    WorkQueue queue = new WorkQueue();
    List.of(entry(1, 20 << 20, 0), entry(2, 20 << 20, 0), entry(3, 1, 0)).forEach(queue::add);
    assertEquals(List.of(List.of(1L), List.of(2L, 3L)), batches(queue, 16, 2));
  }

  private static List<List<Long>> batches(WorkQueue queue, int batch, int count)
      throws InterruptedException {
    List<List<Long>> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(queue.next(batch).stream().map(Inbox.Entry::sequence).toList());
    }
    return batches;
  }
}
