package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Collects series, sequences and identity while an aECG document streams by. */
final class AecgContent {
  private static final long MAX_DIGITS = 200_000_000;
  private final Deque<String> path = new ArrayDeque<>();
  private final List<Series> series = new ArrayList<>();
  private final StringBuilder digits = new StringBuilder();
  private final AecgIdentity identity = new AecgIdentity();
  private final Deque<Series> open = new ArrayDeque<>();
  private @Nullable AecgSequence sequence;
  private boolean inDigits;
  private long digitCharacters;

  /** One series: its first sequence set. */
  private static final class Series {
    String code = "";
    int sets;
    final List<AecgSequence> sequences = new ArrayList<>();
  }

  int depth() {
    return path.size();
  }

  void start(XMLStreamReader xml) {
    String name = xml.getLocalName();
    String parent = path.isEmpty() ? "" : path.peek();
    String code = attribute(xml, "code");
    String value = attribute(xml, "value");
    switch (name) {
      case "series", "derivedSeries" -> open.push(new Series());
      case "sequenceSet" -> {
        Series current = open.peek();
        if (current != null) {
          current.sets++;
        }
      }
      case "sequence" -> sequence = new AecgSequence();
      case "code" -> code(parent, code);
      case "value" -> {
        if (sequence != null && parent.equals("sequence")) {
          sequence.type = attribute(xml, "type");
        }
      }
      case "origin", "scale", "increment" -> {
        if (sequence != null && parent.equals("value")) {
          sequence.quantity(name, value, attribute(xml, "unit"));
        }
      }
      case "digits" -> {
        inDigits = sequence != null && parent.equals("value");
        digits.setLength(0);
      }
      default ->
          identity.element(
              name,
              parent,
              grandparent(),
              xml.getAttributeValue(null, "extension"),
              attribute(xml, "root"),
              code,
              value);
    }
    path.push(name);
  }

  private void code(String parent, String code) {
    Series current = open.peek();
    if (parent.equals("sequence") && sequence != null) {
      sequence.code = code;
    } else if ((parent.equals("series") || parent.equals("derivedSeries")) && current != null) {
      current.code = code;
    }
  }

  private String grandparent() {
    Iterator<String> up = path.iterator();
    if (up.hasNext()) {
      up.next();
    }
    return up.hasNext() ? up.next() : "";
  }

  void text(char[] buffer, int start, int length) {
    if (inDigits) {
      digitCharacters += length;
      if (digitCharacters > MAX_DIGITS) {
        throw new PrecordiaException(
            ErrorCode.TOO_LARGE, "the annotated ECG holds more digits than are read; split it");
      }
      digits.append(buffer, start, length);
    }
  }

  void end() {
    String name = path.pop();
    switch (name) {
      case "digits" -> {
        Series current = open.peek();
        if (inDigits
            && sequence != null
            && current != null
            && current.sets == 1
            && !sequence.isTime()) {
          sequence.samples = AecgSequence.parse(digits);
        }
        inDigits = false;
        digits.setLength(0);
      }
      case "sequence" -> {
        Series current = open.peek();
        if (current != null && sequence != null && current.sets == 1) {
          current.sequences.add(sequence);
        }
        sequence = null;
      }
      case "series", "derivedSeries" -> {
        Series closed = open.poll();
        if (closed != null && !closed.sequences.isEmpty()) {
          series.add(closed);
        }
      }
      default -> {}
    }
  }

  Recording recording() {
    Series chosen = null;
    for (Series s : series) {
      if (chosen == null || (s.code.equals("RHYTHM") && !chosen.code.equals("RHYTHM"))) {
        chosen = s;
      }
    }
    if (chosen == null) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the annotated ECG holds no series");
    }
    double rate = 0;
    for (AecgSequence s : chosen.sequences) {
      if (s.isTime() && rate == 0) {
        rate = s.rateHz();
      }
    }
    List<RawEcg.Channel> channels = new ArrayList<>();
    for (AecgSequence s : chosen.sequences) {
      if (!s.isTime()) {
        channels.add(s.channel(rate));
      }
    }
    if (channels.isEmpty()) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the annotated ECG's series holds no lead");
    }
    Identity who = identity.identity();
    return new Recording(new RawEcg(channels), who);
  }

  private static String attribute(XMLStreamReader xml, String local) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(local)) {
        return xml.getAttributeValue(i).strip();
      }
    }
    return "";
  }
}
