package io.precordia.adapter.bank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.PrecordiaException;
import io.precordia.tensor.djl.DjlOps;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PagingPropertiesTest {
  private record Held(PagePool.Use use, int[] pages) {}

  @Property(tries = 200, seed = "1")
  void pagesAreNeitherLostNorSharedWhateverIsTakenAndReturned(
      @ForAll @IntRange(min = 1, max = 70) int total, @ForAll long seed) {
    PagePool pool = new PagePool(total);
    Random random = new Random(seed);
    List<Held> held = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      if (random.nextBoolean() || held.isEmpty()) {
        PagePool.Use use = PagePool.Use.values()[random.nextInt(2)];
        int n = random.nextInt(total / 3 + 2);
        if (n > pool.free()) {
          assertThrows(PrecordiaException.class, () -> pool.allocate(use, n));
        } else {
          held.add(new Held(use, pool.allocate(use, n)));
        }
      } else {
        Held back = held.remove(random.nextInt(held.size()));
        pool.release(back.use(), back.pages());
        if (back.pages().length > 0) {
          assertThrows(IllegalStateException.class, () -> pool.release(back.use(), back.pages()));
        }
      }
      BitSet owned = new BitSet();
      int sum = 0;
      for (Held h : held) {
        for (int page : h.pages()) {
          assertTrue(page >= 0 && page < total && !owned.get(page), "page owned twice");
          owned.set(page);
          sum++;
        }
      }
      assertEquals(total, pool.free() + sum);
      assertEquals(sum, pool.used(PagePool.Use.ADAPTER) + pool.used(PagePool.Use.KEY_VALUE));
    }
  }

  @Property(tries = 40, seed = "1")
  void factorsComeBackThroughAShuffledPageTable(
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 7) int rows,
      @ForAll @IntRange(min = 1, max = 7) int columns,
      @ForAll long seed) {
    try (DjlOps ops = DjlOps.cpu()) {
      HostPages memory = new HostPages(width, 60);
      Random random = new Random(seed);
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      List<Integer> cells = new ArrayList<>(IntStream.range(0, 60).boxed().toList());
      Collections.shuffle(cells, random);
      int[] table =
          cells.subList(0, memory.pagesFor(values.length)).stream().mapToInt(i -> i).toArray();
      for (int i = 0; i < table.length; i++) {
        memory.write(table[i], values, i * width, Math.min(width, values.length - i * width));
      }
      assertArrayEquals(values, ops.download(memory.factor(ops, table, rows, columns)));
    }
  }

  @Example
  void admissionExampleOfTheSpecification() {
    List<ContextAdmission.Demand> demands =
        List.of(
            new ContextAdmission.Demand(10, 4),
            new ContextAdmission.Demand(20, 8),
            new ContextAdmission.Demand(5, 1));
    assertEquals(38, ContextAdmission.peak(demands));
    assertTrue(ContextAdmission.admits(demands, 12, 50));
    assertEquals(false, ContextAdmission.admits(demands, 13, 50));
    assertEquals(0, ContextAdmission.peak(List.of()));
  }

  @Property(tries = 300, seed = "1")
  void admissionEqualsSimulation(@ForAll @IntRange(min = 1, max = 8) int n, @ForAll long seed) {
    Random random = new Random(seed);
    List<ContextAdmission.Demand> demands = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      demands.add(new ContextAdmission.Demand(1 + random.nextInt(30), random.nextInt(20)));
    }
    long peak = 0;
    for (int step = 0; step <= 20; step++) {
      long now = 0;
      for (ContextAdmission.Demand d : demands) {
        now += d.left() >= step ? d.has() + step : 0;
      }
      peak = Math.max(peak, now);
    }
    assertEquals(peak, ContextAdmission.peak(demands));
  }
}
