package io.precordia.packaged;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * What goes through one door over all lives of the service. What was not acknowledged is sent again
 * in the next life, as a sender of a hospital does. Thread-safe.
 */
final class Load {
  private static final int PAUSE_MILLIS = 5;
  private final Function<PackagedService.Doors, Sender> door;
  private final int senders;
  private final int batch;
  private final int perLife;
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger next;
  private final Queue<Integer> again = new ConcurrentLinkedQueue<>();
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final Queue<AssertionError> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger repeated = new AtomicInteger();
  private volatile boolean answered;

  /**
   * @param first the numbers begin here
   * @param batch how many one sender sends at a time
   * @param perLife most that is sent in one life: many short lives take more in than they process,
   *     and a full inbox would refuse everything
   */
  Load(
      Function<PackagedService.Doors, Sender> door,
      int first,
      int senders,
      int batch,
      int perLife) {
    this.door = door;
    this.next = new AtomicInteger(first);
    this.senders = senders;
    this.batch = batch;
    this.perLife = perLife;
  }

  /** Begins to send until told to stop or until the service is gone. */
  List<Thread> start(PackagedService.Doors doors, AtomicBoolean stop) {
    answered = false;
    left.set(perLife);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      threads.add(Thread.ofPlatform().start(() -> work(doors, stop)));
    }
    return threads;
  }

  private void work(PackagedService.Doors doors, AtomicBoolean stop) {
    try (Sender sender = door.apply(doors)) {
      while (!stop.get()) {
        if (left.getAndAdd(-batch) <= 0) {
          Thread.sleep(4 * PAUSE_MILLIS);
          continue;
        }
        List<Integer> numbers = numbers();
        try {
          sender.send(numbers, this::acknowledge);
        } finally {
          numbers.stream().filter(n -> !acknowledged.contains(n)).forEach(again::add);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (AssertionError e) {
      faults.add(e);
    } catch (RuntimeException e) {
      faults.add(new AssertionError("a sender failed", e));
    } catch (IOException e) {
      // the service is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acknowledge(int number) {
    acknowledged.add(number);
    answered = true;
  }

  /** Whether something was acknowledged since the last start. */
  boolean answered() {
    return answered;
  }

  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    while (numbers.size() < batch) {
      Integer old = again.poll();
      if (old != null) {
        repeated.incrementAndGet();
      }
      numbers.add(old == null ? next.getAndIncrement() : old);
    }
    return numbers;
  }

  Set<Integer> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  /** How often something was sent again. */
  int repeated() {
    return repeated.get();
  }

  /** Refusals that no kill explains. */
  List<AssertionError> faults() {
    return List.copyOf(faults);
  }
}
