package io.precordia.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.Eventually;
import io.precordia.index.Filter;
import io.precordia.index.Hit;
import io.precordia.ingest.Outcome;
import io.precordia.store.InstanceRecord;
import io.precordia.store.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A process that imports is killed (SIGKILL) at random moments: nothing it acknowledged is lost,
 * nothing is kept or indexed twice.
 */
final class KillCampaign {
  private final Path data;

  KillCampaign(Path data) {
    this.data = data;
  }

  void run(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    Set<String> acknowledged = new HashSet<>();
    int next = 0;
    int productive = 0;
    for (int kill = 0; kill < kills; kill++) {
      // From the very start of the process (opening, resuming) to well within the import.
      List<String> lines =
          runAndKill(
              next,
              random.nextInt(4) == 0 ? -random.nextInt(900) : random.nextInt(600),
              kill % 2 == 0); // so that, however slow the machine is, some get that far
      lines.remove("ready");
      productive += lines.isEmpty() ? 0 : 1;
      acknowledged.addAll(lines);
      next += lines.size();
    }
    assertTrue(
        productive >= Math.max(1, kills / 5),
        "too few runs got as far as an acknowledgement: " + productive);
    try (Workspace w = Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      List<String> ids = List.copyOf(acknowledged);
      List<Outcome> outcomes =
          w.ingest().await(ids, Duration.ofMinutes(10)); // a backlog of all runs may be left
      assertEquals(
          Map.of("STORED", (long) ids.size()),
          outcomes.stream()
              .collect(
                  Collectors.groupingBy(
                      o -> o.flags().isEmpty() ? o.status().name() : o.flags().getFirst().message(),
                      Collectors.counting())));
      // What was being accepted when the process died may be there too, though it was not
      // acknowledged; it may be the last in the line.
      Eventually.holds(
          Duration.ofMinutes(2), () -> "the inbox is not emptied", () -> w.ingest().pending() == 0);
      List<String> kept = all(w);
      assertEquals(kept.size(), new HashSet<>(kept).size(), "kept twice");
      assertTrue(new HashSet<>(kept).containsAll(acknowledged), "lost");
      assertTrue(kept.size() <= acknowledged.size() + kills);
      assertEquals(kept.size(), w.index().size(), "one vector each");
      float[] query = w.encoder().embedTexts(List.of("effusion"))[0];
      List<String> found =
          w.index().search(query, Filter.NONE, kept.size() + 10).stream()
              .map(Hit::instance)
              .toList();
      assertEquals(new HashSet<>(kept), new HashSet<>(found));
      assertEquals(kept.size(), found.size());
      for (int i = 0; i < next; i++) {
        assertTrue(w.ingest().receive(ImportChild.submission(i)).duplicate(), "imported again");
      }
      assertEquals(0, w.ingest().pending());
    }
  }

  private static List<String> all(Workspace w) {
    List<String> ids = new ArrayList<>();
    Long after = 0L;
    while (after != null) {
      Page<InstanceRecord> page = w.records().list(null, after, 1000);
      page.items().forEach(r -> ids.add(r.id()));
      after = page.next();
    }
    return ids;
  }

  /**
   * Lines printed before the kill; {@code delay} in ms after "ready", or with {@code fed} after the
   * first acknowledgement, or if negative, after the start of the process.
   */
  private List<String> runAndKill(int first, int delay, boolean fed)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--add-modules"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ImportChild.class.getName(),
            data.toString(),
            "" + first,
            "" + (first + 100_000)));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      if (delay < 0) {
        killAfter(child, -delay);
      }
      boolean waits = delay >= 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (waits && line.equals("ready") != fed) {
          waits = false;
          killAfter(child, delay);
        }
        if (line.equals("ready") || line.length() == 32) { // the last line may be cut short
          lines.add(line);
        }
      }
    } finally {
      child.destroyForcibly();
    }
    assertTrue(child.waitFor(60, TimeUnit.SECONDS));
    return lines;
  }

  private static void killAfter(Process child, int millis) {
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                Thread.sleep(millis);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              child
                  .toHandle()
                  .destroyForcibly(); // not Process.destroyForcibly: it also closes what is still
              // to be read
            });
  }
}
