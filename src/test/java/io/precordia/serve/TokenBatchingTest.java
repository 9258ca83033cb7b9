package io.precordia.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Modality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passes bounded by tokens, of items of like length, in turns. */
@Timeout(60)
class TokenBatchingTest {
  private static GateLimits limits(int batch, int tokens) {
    return new GateLimits(batch, tokens, Duration.ZERO, 10_000, 1, Duration.ofMinutes(1));
  }

  private static Ticket ticket(String name, int tokens) {
    return new Ticket(Modality.REPORT, List.of(name), new int[] {tokens}, "", null);
  }

  @Test
  void classesAreBoundedByPowersOfTwo() {
    for (int tokens = 1; tokens < 3000; tokens++) {
      int ceiling = LengthClass.of(Modality.REPORT, tokens).ceiling();
      assertTrue(tokens <= ceiling, "ceiling of " + tokens);
      assertTrue(ceiling == 16 || ceiling < 2 * tokens, "ceiling of " + tokens);
    }
    assertEquals(16, LengthClass.of(Modality.REPORT, 0).ceiling());
    assertTrue(LengthClass.of(Modality.REPORT, Integer.MAX_VALUE).ceiling() >= 1 << 29);
  }

  @Test
  void oneCallIsCutIntoTicketsOfLikeLength() {
    Random random = new Random(7);
    TokenChunks chunks = new TokenChunks(limits(8, 1000));
    for (int n = 0; n < 200; n++) {
      int[] tokens = random.ints(random.nextInt(40), 1, 1500).toArray();
      List<Integer> seen = new ArrayList<>();
      for (List<Integer> chunk : chunks.of(Modality.REPORT, tokens)) {
        seen.addAll(chunk);
        int longest = chunk.stream().mapToInt(i -> tokens[i]).max().orElseThrow();
        assertTrue(chunk.size() == 1 || (chunk.size() <= 8 && chunk.size() * longest <= 1000));
        assertEquals(
            1,
            chunk.stream().map(i -> LengthClass.of(Modality.REPORT, tokens[i])).distinct().count());
      }
      assertEquals(
          IntStream.range(0, tokens.length).boxed().toList(), seen.stream().sorted().toList());
    }
  }

  @Test
  void aPassIsBoundedByTokensAndNotByItemsAlone() throws InterruptedException {
    TicketQueue queue = new TicketQueue(limits(16, 300));
    for (int i = 0; i < 10; i++) {
      queue.put(ticket("t" + i, 100), false);
    }
    assertEquals(3, queue.take().size());
    queue.put(ticket("huge", 5000), false);
    assertEquals(1, queue.take().size(), "what is over the budget runs alone");
  }

  @Test
  void aShortTextWaitsForOnePassOfLongOnesAndNotForAll() throws InterruptedException {
    TicketQueue queue = new TicketQueue(limits(4, 2048));
    for (int i = 0; i < 40; i++) {
      queue.put(ticket("long" + i, 500), false);
    }
    queue.put(ticket("short", 10), false);
    assertEquals(4, queue.take().size());
    List<Ticket> second = queue.take();
    assertEquals(List.of("short"), second.getFirst().items);
    assertEquals(1, second.size());
  }

  @Test
  void aLongTextIsNotStarvedByShortOnesThatKeepComing() throws InterruptedException {
    TicketQueue queue = new TicketQueue(limits(4, 2048));
    for (int i = 0; i < 8; i++) {
      queue.put(ticket("short" + i, 10), false);
    }
    queue.put(ticket("long", 500), false);
    List<Object> order = new ArrayList<>();
    for (int pass = 0; pass < 3; pass++) {
      order.add(queue.take().getFirst().items.getFirst());
      for (int i = 0; i < 4; i++) {
        queue.put(ticket("more" + pass + i, 10), false);
      }
    }
    assertEquals("long", order.get(1));
  }

  @Test
  void vectorsKeepTheirPlaceAndPaddingStaysUnderHalf() throws Exception {
    Random random = new Random(3);
    Counting encoder = new Counting();
    ConcurrentLinkedQueue<GateListener.Pass> passes = new ConcurrentLinkedQueue<>();
    try (EmbeddingGate gate = new EmbeddingGate(encoder, limits(8, 256), passes::add);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> calls = new ArrayList<>();
      for (int n = 0; n < 60; n++) {
        List<String> texts =
            random.ints(1 + random.nextInt(6), 17, 200).mapToObj(Counting::text).toList();
        calls.add(
            callers.submit(
                () -> {
                  float[][] vectors = gate.embedTexts(texts);
                  for (int i = 0; i < vectors.length; i++) {
                    assertEquals(texts.get(i).length(), vectors[i][0]);
                  }
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
    for (GateListener.Pass pass : passes) {
      assertTrue(pass.items() == 1 || pass.padded() <= 256, pass.toString());
      assertTrue(pass.padded() < 2 * pass.tokens(), pass.toString());
    }
    assertEquals(
        passes.stream().mapToLong(GateListener.Pass::tokens).sum(), encoder.characters.get());
  }

  /** One token for each character; a vector says how long its text was. */
  private static final class Counting extends EncoderOfTexts {
    private final java.util.concurrent.atomic.AtomicLong characters =
        new java.util.concurrent.atomic.AtomicLong();

    static String text(int length) {
      return String.join("", Collections.nCopies(length, "a"));
    }

    @Override
    public int tokens(Modality modality, Object item) {
      return item.toString().length();
    }

    @Override
    public float[][] embedTexts(List<String> texts) {
      characters.addAndGet(texts.stream().mapToInt(String::length).sum());
      return texts.stream().map(t -> new float[] {t.length()}).toArray(float[][]::new);
    }
  }
}
