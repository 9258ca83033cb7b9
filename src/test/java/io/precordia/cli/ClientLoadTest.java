package io.precordia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClientLoadTest {
  @Test
  void allClientsAskAtOnceAndExactlyTheRequestsAreMade() throws Exception {
    Set<Thread> clients = ConcurrentHashMap.newKeySet();
    AtomicInteger made = new AtomicInteger();
    // passes only if four requests are under way together
    CyclicBarrier together = new CyclicBarrier(4);
    ClientLoad load =
        ClientLoad.run(
            4,
            20,
            () -> {
              clients.add(Thread.currentThread());
              made.incrementAndGet();
              try {
                together.await(60, TimeUnit.SECONDS);
                Thread.sleep(2);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertEquals(20, made.get());
    assertEquals(4, clients.size());
    assertTrue(load.latencies().quantile(0) >= 2);
    assertTrue(load.perSecond() > 0 && load.perSecond() <= 4 / 0.002);
  }

  @Test
  void aFailingRequestFailsTheRun() {
    assertThrows(
        ExecutionException.class,
        () ->
            ClientLoad.run(
                2,
                5,
                () -> {
                  throw new IllegalStateException("no");
                }));
  }
}
