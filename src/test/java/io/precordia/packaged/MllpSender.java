package io.precordia.packaged;

import io.precordia.hl7.MllpStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Reports and merges of patients by MLLP, one after another on one connection. */
final class MllpSender implements Sender {
  private static final int MERGE_EVERY = 4;
  private final int port;
  private @Nullable MllpStream stream;

  MllpSender(PackagedService.Doors doors) {
    this.port = doors.hl7();
  }

  /** Whether the message of this number merges patient {@code P<number>} into {@code S}. */
  static boolean merges(int number) {
    return number % MERGE_EVERY == 0;
  }

  /** The text of a report. */
  static String text(int number) {
    return "Left effusion, number " + number + ", is seen.";
  }

  static String message(int number) {
    String head = "MSH|^~\\&|RIS|CLINIC|PRECORDIA|AI|20240517101500||%s|K" + number + "|P|2.5.1\r";
    return merges(number)
        ? head.formatted("ADT^A40^ADT_A39")
            + "EVN|A40|20240517\rPID|1||S^^^H^MR||DOE^JANE||19540601|F\rMRG|P"
            + number
            + "^^^H^MR\r"
        : head.formatted("ORU^R01^ORU_R01")
            + "PID|1||P"
            + (number - number % MERGE_EVERY)
            + "^^^H^MR||DOE^JANE||19540601|F\rOBR|1|PL%1$d|A%1$d|71020^CHEST^C4|||20240517100000|||||||||||||||||RAD|F\r"
                .formatted(number)
            + "OBX|1|TX|1^REPORT||"
            + text(number)
            + "||||||F\r";
  }

  @Override
  public void send(List<Integer> numbers, IntConsumer acknowledged) throws IOException {
    MllpStream open = stream;
    if (open == null) {
      Socket socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(20_000);
      open = new MllpStream(socket, 1 << 20, Duration.ofSeconds(20));
      stream = open;
    }
    for (int number : numbers) {
      open.write(message(number).getBytes(StandardCharsets.UTF_8));
      byte[] answer = open.read();
      if (answer == null) {
        throw new IOException("the connection was closed");
      }
      String text = new String(answer, StandardCharsets.UTF_8);
      if (text.contains("\rMSA|AA|K" + number + "\r")) {
        acknowledged.accept(number);
      } else if (text.contains("\rMSA|AR|K" + number + "\r") && text.contains("|207^")) {
        return; // busy: to be sent again later
      } else {
        throw new AssertionError("MLLP answered " + text.replace('\r', ' '));
      }
    }
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
    }
  }
}
