package io.precordia.hl7;

import io.precordia.report.Hl7Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of one block. A batch (HL7 v2.5.1 2.10.3) has several within FHS, BHS, BTS and FTS;
 * a sender that forgets the block's end may put several into one without.
 *
 * @param batch whether batch segments were there
 * @param messages each from its MSH on, segments ended by CR
 */
record MessageSplit(boolean batch, List<String> messages) {
  MessageSplit {
    messages = List.copyOf(messages);
  }

  static MessageSplit of(String text) {
    boolean batch = false;
    List<StringBuilder> messages = new ArrayList<>();
    boolean open = false;
    for (String line : lines(text)) {
      String name = line.length() >= 3 ? line.substring(0, 3) : "";
      switch (name) {
        case "MSH" -> {
          open = true;
          messages.add(new StringBuilder(line).append('\r'));
        }
        case "FHS", "BHS", "BTS", "FTS" -> {
          batch = true;
          open = false;
        }
        default -> {
          if (open) {
            messages.getLast().append(line).append('\r');
          }
        }
      }
    }
    return new MessageSplit(batch, messages.stream().map(StringBuilder::toString).toList());
  }

  /**
   * The parts of an ORU message that are about different studies, each a message of its own with
   * the header and patient of the whole; the message itself if it is about one.
   *
   * @param message one message
   */
  static List<String> byStudy(String message) {
    StringBuilder head = new StringBuilder();
    List<StringBuilder> groups = new ArrayList<>();
    boolean ordered = false;
    for (String line : lines(message)) {
      boolean common = line.startsWith("ORC");
      boolean begins = common || (line.startsWith("OBR") && !ordered);
      if (begins) {
        groups.add(new StringBuilder());
      }
      ordered = common;
      (groups.isEmpty() ? head : groups.getLast()).append(line).append('\r');
    }
    Map<String, StringBuilder> studies = new LinkedHashMap<>();
    for (StringBuilder group : groups) {
      String one = head.toString() + group;
      String study = String.valueOf(Hl7Message.parse(one).getFirst().identity().study());
      studies.computeIfAbsent(study, s -> new StringBuilder(head)).append(group);
    }
    return studies.size() < 2
        ? List.of(message)
        : studies.values().stream().map(StringBuilder::toString).toList();
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }
}
