package io.precordia.hl7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.report.Hl7Charset;
import io.precordia.study.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated blocks over a real socket: the listener goes on, and what it says AA to is kept. The seed
 * is printed with a failure; {@code -Dprecordia.fuzz.seed} repeats one.
 */
class MllpFuzzTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path data;

  @Test
  void threeHundredBlocks() throws Exception {
    run(300, Long.getLong("precordia.fuzz.seed", 20260517));
  }

  @Test
  @Tag("slow")
  void tenThousandBlocks() throws Exception {
    run(10_000, Long.getLong("precordia.fuzz.seed", System.nanoTime()));
  }

  private void run(int count, long seed) throws Exception {
    Random random = new Random(seed);
    ListenerOptions options =
        new ListenerOptions(
            "127.0.0.1",
            0,
            16,
            64 << 10,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            List.of(),
            null,
            false);
    int positive = 0;
    int negative = 0;
    try (Door door = new Door(data, ReceptionOptions.DEFAULT, options)) {
      for (int i = 0; i < count; i++) {
        byte[] bytes = mutated(i, random);
        String where = "seed " + seed + " block " + i;
        // the connection is closed for writing, so that an answer or the end comes at once
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
          socket.setSoTimeout(60_000);
          OutputStream out = socket.getOutputStream();
          out.write(bytes);
          socket.shutdownOutput();
          MllpReader answers = new MllpReader(socket.getInputStream(), 1 << 20, SOON);
          MllpReader.Block answer = answers.next();
          while (answer != null) {
            String text = new String(answer.data(), StandardCharsets.ISO_8859_1);
            if (text.matches("(?s).*\rMSA.[AC]A.*")) {
              positive++;
              assertKept(door, bytes, where);
            } else {
              negative++;
            }
            answer = answers.next();
          }
        } catch (IOException e) {
          negative++; // closed by the listener: nothing was said
        }
      }
      assertTrue(positive > count / 50 && negative > count / 50, positive + " " + negative);
      String last = door.answer(Door.oru("LAST", "1^^^H", "A1", "Left effusion is seen."));
      assertTrue(last.contains("MSA|AA|LAST"), "the listener goes on, seed " + seed);
      System.err.printf(
          "MLLP fuzz: seed %d, %d blocks, %d positive and %d negative answers or closings%n",
          seed, count, positive, negative);
    }
  }

  /** A block that is a report and was said AA to must be known to the store by its bytes. */
  private static void assertKept(Door door, byte[] sent, String where) throws IOException {
    MllpReader.Block block =
        new MllpReader(new java.io.ByteArrayInputStream(sent), 64 << 10, SOON).next();
    if (block == null) {
      throw new AssertionError("an answer to nothing, " + where);
    }
    Header header = Header.of(block.data());
    if (!header.type().equals("ORU") || block.data().length == 0) {
      return;
    }
    String text = Hl7Charset.decode(block.data());
    MessageSplit split = MessageSplit.of(text);
    if (split.batch() || split.messages().size() != 1) {
      return; // its parts are kept one by one
    }
    List<String> parts = MessageSplit.byStudy(split.messages().getFirst());
    if (parts.size() != 1) {
      return;
    }
    assertTrue(
        door.workspace()
            .ingest()
            .receive(
                new Submission(
                    List.of(new Part("message.hl7", trimmed(block.data()))), Identity.UNKNOWN))
            .duplicate(),
        "a false AA, " + where);
  }

  private static byte[] trimmed(byte[] data) {
    int from = 0;
    while (from < data.length && (data[from] == '\r' || data[from] == '\n')) {
      from++;
    }
    return Arrays.copyOfRange(data, from, data.length);
  }

  private static byte[] mutated(int i, Random random) {
    String base =
        switch (random.nextInt(4)) {
          case 0 -> Door.adt("A08", "C" + i, "P" + i % 7 + "^^^H^MR", "");
          case 1 -> Door.adt("A40", "C" + i, "P1^^^H^MR", "MRG|X" + i + "^^^H^MR\r");
          default -> Door.oru("C" + i, "P" + i % 7 + "^^^H^MR", "A" + i, "Left effusion " + i);
        };
    byte[] framed = MllpConnection.framed(base.getBytes(StandardCharsets.UTF_8));
    int mutations = random.nextInt(5);
    for (int m = 0; m < mutations; m++) {
      framed = mutate(framed, random);
    }
    return framed;
  }

  private static byte[] mutate(byte[] in, Random random) {
    if (in.length < 4) {
      return in;
    }
    int at = random.nextInt(in.length);
    byte[] special = {
      0x0b, 0x1c, '\r', '\n', 0, '|', '^', '~', '\\', '&', (byte) 0xff, (byte) 0xc3
    };
    byte[] out = in.clone();
    switch (random.nextInt(8)) {
      case 0 -> out[at] = (byte) random.nextInt(256);
      case 1 -> out[at] = special[random.nextInt(special.length)];
      case 2 -> out = Arrays.copyOf(out, at);
      case 3 ->
          out =
              join(
                  Arrays.copyOf(in, at),
                  Arrays.copyOfRange(
                      in, Math.min(in.length, at + 1 + random.nextInt(20)), in.length));
      case 4 ->
          out =
              join(
                  Arrays.copyOf(in, at), Arrays.copyOfRange(in, random.nextInt(at + 1), in.length));
      case 5 ->
          out =
              join(
                  join(Arrays.copyOf(in, at), new byte[] {special[random.nextInt(special.length)]}),
                  Arrays.copyOfRange(in, at, in.length));
      case 6 ->
          out =
              join(
                  Arrays.copyOf(in, at),
                  join(
                      "x|".repeat(random.nextInt(50_000)).getBytes(StandardCharsets.US_ASCII),
                      Arrays.copyOfRange(in, at, in.length)));
      default ->
          out =
              new String(in, StandardCharsets.ISO_8859_1)
                  .replace(
                      "2.5.1",
                      List.of("2.3", "", "9", "2.5.1||||||UNICODE UTF-16", "2.5.1|||AL|AL")
                          .get(random.nextInt(5)))
                  .getBytes(StandardCharsets.ISO_8859_1);
    }
    return out;
  }

  private static byte[] join(byte[] a, byte[] b) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(a);
    out.writeBytes(b);
    return out.toByteArray();
  }

  @Test
  void theSameSeedMakesTheSameBlocks() {
    assertEquals(
        Arrays.hashCode(mutated(3, new Random(5))), Arrays.hashCode(mutated(3, new Random(5))));
  }
}
