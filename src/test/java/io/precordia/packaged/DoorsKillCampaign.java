package io.precordia.packaged;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The packaged service is killed (SIGKILL) at random moments while C-STORE, STOW-RS and MLLP
 * senders work on one data directory: nothing acknowledged is lost, nothing is kept twice.
 */
final class DoorsKillCampaign {
  private static final Map<String, String> KEYS = Map.of("precordia.embed.warm-up", "false");
  private static final int LONGEST_LIFE_MILLIS = 1_200;
  private static final int STOW_FROM = 10_000_000;

  /** One life in so many is ended before the service is ready. */
  private static final int EARLY_EVERY = 10;

  /** One life in so many is ended within moments of being ready. */
  private static final int COLD_EVERY = 4;

  private static final int MOST_WARMING = 60_000;
  private static final int LONGEST_EARLY_MILLIS = 3_000;
  private final Path data;
  private final Path log;
  private final Load stores = new Load(StoreSender::new, 0, 3, 3, 36);
  private final Load stows = new Load(StowSender::new, STOW_FROM, 2, 3, 18);
  private final Load messages = new Load(MllpSender::new, 0, 2, 4, 32);

  /**
   * @param folder empty
   */
  DoorsKillCampaign(Path folder) {
    this.data = folder.resolve("data");
    this.log = folder.resolve("service.log");
  }

  void run(int kills, long seed) throws Exception {
    System.err.printf("kills under C-STORE, STOW-RS and MLLP: %d, seed %d%n", kills, seed);
    Random random = new Random(seed);
    long slowest = 0;
    for (int kill = 1; kill <= kills; kill++) {
      slowest =
          Math.max(
              slowest,
              kill % EARLY_EVERY == 0
                  ? early(random.nextInt(LONGEST_EARLY_MILLIS))
                  : life(random.nextInt(LONGEST_LIFE_MILLIS), kill % COLD_EVERY != 0));
    }
    for (Load load : List.of(stores, stows, messages)) {
      load.faults().forEach(fault -> System.err.println(fault.getMessage()));
      assertTrue(load.faults().isEmpty(), "a refusal that no kill explains, seed " + seed);
      assertTrue(load.acknowledged().size() >= kills / 2, "too few acknowledgements");
    }
    System.err.printf(
        "acknowledged: %d by C-STORE, %d by STOW-RS, %d by MLLP; sent again: %d, %d, %d; slowest start %d ms%n",
        stores.acknowledged().size(),
        stows.acknowledged().size(),
        messages.acknowledged().size(),
        stores.repeated(),
        stows.repeated(),
        messages.repeated(),
        slowest);
    try (PackagedService service = PackagedService.start(data, log, KEYS)) {
      PackagedService.Doors doors = service.ready();
      Retrieval retrieval = new Retrieval(doors);
      Set<Integer> objects = new TreeSet<>(stores.acknowledged());
      objects.addAll(stows.acknowledged());
      System.err.printf(
          "the last start: %d ms; still in the inbox: %d%n", doors.millis(), retrieval.pending());
      retrieval.settle();
      retrieval.byWado(objects);
      retrieval.byGet(objects);
    }
    new KeptOnce(data).check(stores.acknowledged(), stows.acknowledged(), messages.acknowledged());
  }

  /**
   * Starts, lets everybody send for so long, kills; ms from start to ready.
   *
   * @param warm whether the time counts from when every door has acknowledged something; a cold
   *     process answers nothing for a while
   */
  private long life(int millis, boolean warm) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> senders = new ArrayList<>();
    try (PackagedService service = PackagedService.start(data, log, KEYS)) {
      PackagedService.Doors doors = service.ready();
      for (Load load : List.of(stores, stows, messages)) {
        senders.addAll(load.start(doors, stop));
      }
      for (Load load : List.of(stores, stows, messages)) {
        for (int waited = 0; warm && !load.answered() && waited < MOST_WARMING; waited += 5) {
          Thread.sleep(5);
        }
      }
      Thread.sleep(millis);
      service.kill();
      return doors.millis();
    } finally {
      stop.set(true);
      for (Thread sender : senders) {
        sender.join();
      }
    }
  }

  /** Kills a service that starts, perhaps while it takes up what the last one left. */
  private long early(int millis) throws Exception {
    try (PackagedService service = PackagedService.start(data, log, KEYS)) {
      Thread.sleep(millis);
      service.kill();
    }
    return 0;
  }
}
