package io.precordia.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Modality;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceCountersTest {
  @Test
  void oneThatWasIdleCannotSaveUp() {
    ServiceCounters counters = new ServiceCounters();
    counters.arrives("a", List.of());
    counters.served("a", 100);
    counters.arrives("b", List.of("a"));
    assertEquals(100, counters.of("b"));
    counters.served("b", 5);
    counters.arrives("a", List.of("b"));
    assertEquals(105, counters.of("a"));
  }

  @Test
  void aFloodOfOneAdapterDoesNotStarveAnother() throws InterruptedException {
    TicketQueue queue = new TicketQueue(new GateLimits(4, Duration.ZERO, 1000, 1));
    for (int i = 0; i < 100; i++) {
      queue.put(ticket("flood"), false);
    }
    for (int i = 0; i < 10; i++) {
      queue.put(ticket("small"), false);
      queue.put(ticket(""), false);
    }
    Map<String, Integer> served = new HashMap<>();
    for (int pass = 0; pass < 6; pass++) {
      List<Ticket> batch = queue.take();
      assertEquals(4, batch.size());
      batch.forEach(t -> served.merge(t.adapter, 1, Integer::sum));
    }
    // 24 places among three that always have something waiting
    served.values().forEach(n -> assertTrue(n >= 7 && n <= 9, served.toString()));
    assertEquals(3, served.size());
  }

  private static Ticket ticket(String adapter) {
    return new Ticket(Modality.REPORT, List.of("text"), new int[] {1}, adapter, null);
  }
}
