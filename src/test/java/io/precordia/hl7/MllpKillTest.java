package io.precordia.hl7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process behind the door is killed (SIGKILL) while reports and merges come in: what was said AA
 * to is there afterwards, once.
 */
class MllpKillTest {
  private static final int EVERY = 4;
  @TempDir Path data;

  @Test
  void twoKills() throws Exception {
    run(2, 20260517);
  }

  @Test
  @Tag("slow")
  void thirtyKills() throws Exception {
    run(30, System.nanoTime());
  }

  private void run(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    TreeSet<Integer> acknowledged = new TreeSet<>();
    int next = 0;
    for (int kill = 0; kill < kills; kill++) {
      next = sendAndKill(next, random.nextInt(500), acknowledged);
    }
    assertTrue(acknowledged.size() > kills, "too few acknowledgements, seed " + seed);
    try (Door door = new Door(data)) {
      Map<String, Integer> texts = new HashMap<>();
      for (InstanceRecord record : all(door)) {
        assertEquals(InstanceStatus.STORED, record.status());
        texts.merge(String.valueOf(record.text()), 1, Integer::sum);
      }
      String survivor = door.workspace().records().subjectOf("S^^^H");
      for (int i : acknowledged) {
        if (i % EVERY == 0) {
          assertEquals(
              survivor,
              door.workspace()
                  .records()
                  .surviving(door.workspace().records().subjectOf("P" + i + "^^^H")),
              "a merge is lost, seed " + seed);
        } else {
          assertEquals(1, texts.get(text(i)), "lost or doubled, seed " + seed);
        }
      }
      assertTrue(texts.values().stream().allMatch(n -> n == 1), "kept twice, seed " + seed);
    }
    System.err.printf(
        "MLLP kills: seed %d, %d kills, %d acknowledged of %d%n",
        seed, kills, acknowledged.size(), next);
  }

  private static List<InstanceRecord> all(Door door) throws InterruptedException {
    door.kept();
    List<InstanceRecord> out = new ArrayList<>();
    Long after = 0L;
    while (after != null) {
      var page = door.workspace().records().list(null, after, 1000);
      out.addAll(page.items());
      after = page.next();
    }
    return out;
  }

  private static String text(int i) {
    return "Left effusion, number " + i + ", is seen.";
  }

  private static String message(int i) {
    return i % EVERY == 0
        ? Door.adt("A40", "K" + i, "S^^^H^MR", "MRG|P" + i + "^^^H^MR\r")
        : Door.oru("K" + i, "P" + (i - 1) + "^^^H^MR", "A" + i, text(i));
  }

  private int sendAndKill(int first, int delay, TreeSet<Integer> acknowledged)
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
            DoorChild.class.getName(),
            data.toString()));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    int i = first;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      String port = out.readLine();
      assertTrue(port != null, "the program did not start");
      Thread killer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      Thread.sleep(300 + delay);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    child.destroyForcibly();
                  });
      Socket socket = new Socket("127.0.0.1", Integer.parseInt(port));
      socket.setSoTimeout(20_000);
      try (MllpStream stream = new MllpStream(socket, 1 << 20, Duration.ofSeconds(20))) {
        while (true) {
          stream.write(message(i).getBytes(StandardCharsets.UTF_8));
          byte[] answer = stream.read();
          if (answer == null) {
            break;
          }
          assertTrue(new String(answer, StandardCharsets.UTF_8).contains("\rMSA|AA|K" + i + "\r"));
          acknowledged.add(i++);
        }
      } catch (IOException e) {
        // killed in the middle of it
      }
      killer.join();
    } finally {
      child.destroyForcibly();
    }
    assertTrue(child.waitFor(20, TimeUnit.SECONDS));
    return i + 1;
  }
}
