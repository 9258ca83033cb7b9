package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.report.Hl7Charset;
import io.precordia.report.Hl7Message;
import io.precordia.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes blocks as they come and gives the answers. A message is acknowledged positively only when
 * what it brings about is durable. Thread-safe.
 */
public final class Reception {
  private static final System.Logger LOG = System.getLogger(Reception.class.getName());
  private static final int SHORTEST = 8;
  private final ReceptionOptions options;
  private final HeaderCheck check;
  private final Routing routing;
  private final Acknowledgement acknowledgement;
  private final Workspace workspace;

  public Reception(Workspace workspace, ReceptionOptions options) {
    this.options = options;
    this.workspace = workspace;
    this.check = new HeaderCheck(options);
    this.routing = new Routing(workspace, options);
    this.acknowledgement = new Acknowledgement(options.application());
  }

  /**
   * The answers to one block in order, each without framing; none where the sender wants none.
   *
   * @param tooLarge whether {@code block} is only the begin of a block that is too large
   */
  public List<byte[]> answer(byte[] block, boolean tooLarge) {
    byte[] bytes = withoutMark(block);
    Header first = Header.of(bytes);
    if (first.type().equals("ACK")) {
      return List.of(); // an acknowledgement is never acknowledged
    }
    if (tooLarge) {
      return answers(
          first,
          Refusal.reject(
              Condition.TOO_LONG,
              ErrorCode.TOO_LARGE,
              "",
              "the message is larger than precordia.hl7.max-message"));
    }
    if (!readable(bytes)) {
      return answers(
          first,
          Refusal.reject(
              Condition.SEGMENT_SEQUENCE,
              ErrorCode.MALFORMED,
              "MSH^1",
              "the block does not begin with an MSH segment that declares its delimiters"));
    }
    String text;
    try {
      text = Hl7Charset.decode(bytes);
    } catch (PrecordiaException e) {
      return answers(first, Refusals.of(e));
    }
    MessageSplit split = MessageSplit.of(text);
    if (!split.batch() && split.messages().size() == 1) {
      return single(first, bytes, split.messages().getFirst());
    }
    Charset charset = Hl7Charset.declared(bytes).orElse(StandardCharsets.UTF_8);
    List<byte[]> answers = new ArrayList<>();
    for (String message : split.messages()) {
      byte[] own = message.getBytes(charset);
      answers.addAll(single(Header.of(own), own, message));
    }
    if (split.messages().isEmpty()) {
      return answers(
          first,
          Refusal.error(
              Condition.SEGMENT_SEQUENCE, ErrorCode.EMPTY, "MSH^1", "the batch has no message"));
    }
    return split.batch() && !answers.isEmpty() ? List.of(batch(first, answers)) : answers;
  }

  private static boolean readable(byte[] bytes) {
    String head =
        new String(bytes, 0, Math.min(bytes.length, SHORTEST), StandardCharsets.ISO_8859_1);
    return head.length() == SHORTEST && Hl7Message.looksLike(head + "|") && Header.distinct(head);
  }

  private static byte[] withoutMark(byte[] block) {
    int from = 0;
    if (block.length >= 3
        && (block[0] & 0xff) == 0xef
        && (block[1] & 0xff) == 0xbb
        && (block[2] & 0xff) == 0xbf) {
      from = 3;
    }
    while (from < block.length && (block[from] == '\r' || block[from] == '\n')) {
      from++;
    }
    return from == 0 ? block : java.util.Arrays.copyOfRange(block, from, block.length);
  }

  private List<byte[]> single(Header header, byte[] bytes, String text) {
    return header.type().equals("ACK") ? List.of() : answers(header, consider(header, bytes, text));
  }

  /** Null if the message is accepted and durable. */
  private @Nullable Refusal consider(Header header, byte[] bytes, String text) {
    try {
      check.check(header);
      routing.take(header, bytes, text);
      return null;
    } catch (Refusal.Thrown e) {
      return e.refusal();
    } catch (PrecordiaException e) {
      return Refusals.of(e);
    } catch (RuntimeException | StackOverflowError e) {
      // kinds only: a message of a library may repeat content
      LOG.log(
          System.Logger.Level.ERROR,
          "an HL7 message met an unexpected {0}; it is refused",
          e.getClass().getSimpleName());
      return Refusal.reject(Condition.INTERNAL, ErrorCode.INTERNAL, "", "a defect of the receiver");
    }
  }

  private List<byte[]> answers(Header header, @Nullable Refusal refusal) {
    boolean good = refusal == null;
    String grade = refusal == null ? "A" : refusal.reject() ? "R" : "E";
    boolean enhanced =
        switch (options.mode()) {
          case AUTO -> header.enhanced();
          case ORIGINAL -> false;
          case ENHANCED -> true;
        };
    List<String> codes = new ArrayList<>();
    if (!enhanced) {
      codes.add("A" + grade);
    } else {
      boolean accept = header.wants(15, good);
      if (accept) {
        codes.add("C" + grade);
      }
      // after a refused accept there is no application acknowledgement
      if (header.wants(16, good) && (good || !accept)) {
        codes.add("A" + grade);
      }
    }
    if (refusal != null) {
      note(header, codes.isEmpty() ? "A" + grade : codes.getFirst(), refusal);
    }
    return codes.stream().map(code -> acknowledgement.to(header, code, refusal)).toList();
  }

  /** A refusal that a person can find, by GET /v1/hl7/refusals. */
  private void note(Header header, String code, Refusal refusal) {
    try {
      workspace
          .refusals()
          .add(
              header.kind(),
              code,
              refusal.condition().code(),
              refusal.reason(),
              header.field(3),
              header.field(4),
              header.controlId());
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a refused HL7 message could not be noted: {0}",
          e instanceof PrecordiaException p ? p.code().id() : e.getClass().getSimpleName());
    }
  }

  /** Answers to a batch go back as a batch (2.10.3.2). */
  private byte[] batch(Header first, List<byte[]> answers) {
    char f = first.msh().delimiters().field();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ("BHS"
                + f
                + first.msh().delimiters().encodingCharacters()
                + f
                + options.application()
                + '\r')
            .getBytes(StandardCharsets.ISO_8859_1));
    answers.forEach(out::writeBytes);
    out.writeBytes(("BTS" + f + answers.size() + '\r').getBytes(StandardCharsets.ISO_8859_1));
    return out.toByteArray();
  }
}
