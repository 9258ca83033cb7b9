package io.precordia.hl7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Framing, and connections that behave badly. */
class MllpConnectionTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path data;

  private static MllpReader reader(byte[] bytes, int max) {
    return new MllpReader(new ByteArrayInputStream(bytes), max, SOON);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String next(MllpReader reader) throws IOException {
    MllpReader.Block block = reader.next();
    return block == null ? "end" : new String(block.data(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void blocksAreFoundAmongOtherBytes() throws IOException {
    MllpReader r =
        reader(
            ascii(
                "noise\u000bone\u001c\r\r\n\u000btwo\u001cstray\u000b\u001c\r\u000bhalf\u000bthree\u001c\r"),
            100);
    assertEquals("one", next(r));
    assertEquals("two", next(r));
    assertEquals("", next(r));
    assertEquals("three", next(r), "a new start drops what came before it");
    assertEquals("end", next(r));
  }

  @Test
  void brokenStreamsAreErrors() throws IOException {
    assertThrows(EOFException.class, () -> reader(ascii("\u000bhalf"), 100).next());
    assertThrows(IOException.class, () -> reader(new byte[70_000], 100).next());
    assertThrows(IOException.class, () -> reader(ascii("\u000b" + "x".repeat(500)), 100).next());
    MllpReader.Block large = reader(ascii("\u000b" + "x".repeat(300) + "\u001c\r"), 100).next();
    assertTrue(large.tooLarge());
    assertNull(reader(new byte[0], 100).next());
  }

  /** Whatever the pieces in which bytes arrive, the same blocks are read. */
  @Test
  void piecesDoNotMatter() throws IOException {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        byte[] body = new byte[random.nextInt(40_000)];
        for (int j = 0; j < body.length; j++) {
          body[j] = (byte) (' ' + random.nextInt(90));
        }
        sent.add(new String(body, StandardCharsets.ISO_8859_1));
        stream.writeBytes(MllpConnection.framed(body));
      }
      byte[] all = stream.toByteArray();
      InputStream pieces =
          new InputStream() {
            private int at;

            @Override
            public int read() {
              return at < all.length ? all[at++] & 0xff : -1;
            }

            @Override
            public int read(byte[] to, int from, int length) {
              if (at == all.length) {
                return -1;
              }
              int n = Math.min(1 + random.nextInt(Math.min(length, 9000)), all.length - at);
              System.arraycopy(all, at, to, from, n);
              at += n;
              return n;
            }
          };
      MllpReader r = new MllpReader(pieces, 1 << 20, SOON);
      for (String expected : sent) {
        assertEquals(expected, next(r));
      }
      assertEquals("end", next(r));
    }
  }

  @Test
  void severalMessagesInOneWriteAndOneMessageInManyAreAnswered() throws IOException {
    try (Door door = new Door(data);
        MllpStream stream = door.connect()) {
      ByteArrayOutputStream two = new ByteArrayOutputStream();
      two.writeBytes(MllpConnection.framed(ascii(Door.oru("C1", "1^^^H", "A1", "Left effusion."))));
      two.writeBytes(MllpConnection.framed(ascii(Door.oru("C2", "2^^^H", "A1", "Left effusion."))));
      try (Socket socket = new Socket("127.0.0.1", door.port())) {
        socket.setSoTimeout(60_000);
        OutputStream out = socket.getOutputStream();
        out.write(two.toByteArray());
        MllpReader r = new MllpReader(socket.getInputStream(), 9999, SOON);
        assertTrue(next(r).contains("MSA|AA|C1"));
        assertTrue(next(r).contains("MSA|AA|C2"));
        for (byte b : MllpConnection.framed(ascii(Door.oru("C3", "3^^^H", "A1", "Left.")))) {
          out.write(b);
          out.flush();
        }
        assertTrue(next(r).contains("MSA|AA|C3"));
      }
    }
  }

  @Test
  void sizeAndNumberAreLimited() throws Exception {
    try (Door door = new Door(data, ReceptionOptions.DEFAULT, limits(SOON, SOON))) {
      String large = Door.oru("C1", "1^^^H", "A1", "effusion ".repeat(300));
      String answer = door.answer(large);
      assertTrue(answer.contains("MSA|AR|C1"), answer);
      assertTrue(answer.contains("|104^"), answer);
      awaitConnections(door, 0); // the answered one may still be counted, and two are the limit
      try (Socket first = new Socket("127.0.0.1", door.port());
          Socket second = new Socket("127.0.0.1", door.port())) {
        awaitConnections(door, 2);
        try (Socket third = new Socket("127.0.0.1", door.port())) {
          third.setSoTimeout(60_000);
          assertEquals(-1, third.getInputStream().read(), "one too many");
        }
        assertTrue(first.isConnected() && second.isConnected());
      }
      awaitConnections(door, 0);
      assertEquals(0, door.kept().size());
    }
  }

  @Test
  void whoIsSlowIsClosed() throws Exception {
    ListenerOptions silence = limits(Duration.ofMillis(300), SOON);
    try (Door door = new Door(data.resolve("silent"), ReceptionOptions.DEFAULT, silence);
        Socket silent = new Socket("127.0.0.1", door.port())) {
      silent.setSoTimeout(60_000);
      assertEquals(-1, silent.getInputStream().read(), "silent for too long");
      awaitConnections(door, 0);
    }
    ListenerOptions slowness = limits(SOON, Duration.ofMillis(600));
    try (Door door = new Door(data.resolve("dripping"), ReceptionOptions.DEFAULT, slowness)) {
      try (Socket dripping = new Socket("127.0.0.1", door.port())) {
        dripping.setSoTimeout(1);
        assertThrows(
            IOException.class,
            () -> {
              dripping.getOutputStream().write(0x0b);
              for (int i = 0; i < 1200; i++) {
                dripping.getOutputStream().write('M');
                Thread.sleep(50);
                try {
                  if (dripping.getInputStream().read() < 0) {
                    throw new IOException("closed");
                  }
                } catch (java.net.SocketTimeoutException e) {
                  // not yet
                }
              }
            },
            "a message that takes too long");
      }
      awaitConnections(door, 0);
      assertEquals(0, door.kept().size());
    }
  }

  /** Two connections, small messages. */
  private static ListenerOptions limits(Duration idle, Duration messageTime) {
    return new ListenerOptions("127.0.0.1", 0, 2, 2000, idle, messageTime, List.of(), null, false);
  }

  private static void awaitConnections(Door door, int expected) throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (door.connections() != expected && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertEquals(expected, door.connections());
  }

  @Test
  void addressesOutsideTheListAreClosed() throws IOException {
    ListenerOptions others =
        new ListenerOptions(
            "127.0.0.1",
            0,
            2,
            2000,
            SOON,
            SOON,
            List.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("::1")),
            null,
            false);
    try (Door door = new Door(data, ReceptionOptions.DEFAULT, others);
        Socket socket = new Socket("127.0.0.1", door.port())) {
      socket.setSoTimeout(60_000);
      assertEquals(-1, socket.getInputStream().read());
    }
    assertTrue(
        AddressBlock.parse("10.1.0.0/15").contains(java.net.InetAddress.ofLiteral("10.0.7.7"))
            && !AddressBlock.parse("10.1.0.0/16")
                .contains(java.net.InetAddress.ofLiteral("10.2.0.1")));
  }
}
