package io.precordia.dicomweb;

import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.delivery.Transport;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Carries results to an archive by STOW-RS, several objects in one request. */
public final class StowTransport implements Transport {
  private static final int BYTES_AT_ONCE = 64 << 20;
  private final DicomWebClient client;

  public StowTransport(DicomWebClient client) {
    this.client = client;
  }

  @Override
  public List<SendOutcome> send(List<OutgoingObject> objects) {
    List<SendOutcome> outcomes = new ArrayList<>();
    int from = 0;
    while (from < objects.size()) {
      int to = from;
      long bytes = 0;
      do {
        bytes += objects.get(to).content().length;
        to++;
      } while (to < objects.size() && bytes + objects.get(to).content().length <= BYTES_AT_ONCE);
      outcomes.addAll(request(objects.subList(from, to)));
      from = to;
    }
    return outcomes;
  }

  private List<SendOutcome> request(List<OutgoingObject> objects) {
    try {
      StowResult result = client.store(objects.stream().map(OutgoingObject::content).toList());
      if (objects.size() > 1 && isUnclear(objects, result)) {
        // One object that the archive cannot read must not condemn the others: Orthanc answers 400
        // for all of them.
        return objects.stream().map(object -> request(List.of(object)).getFirst()).toList();
      }
      return objects.stream().map(object -> outcome(object, result)).toList();
    } catch (PrecordiaException e) {
      SendOutcome none = new SendOutcome.Transient("no answer (" + e.code().id() + ")");
      return objects.stream().map(object -> none).toList();
    }
  }

  /** A refusal that does not say of each object why. */
  private static boolean isUnclear(List<OutgoingObject> objects, StowResult result) {
    return result.status() / 100 == 4
        && !objects.stream().allMatch(o -> result.failed().containsKey(o.sopInstance()));
  }

  private static SendOutcome outcome(OutgoingObject object, StowResult result) {
    int status = result.status();
    boolean answered = status == 200 || status == 202;
    if (answered && result.stored().contains(object.sopInstance())) {
      return new SendOutcome.Sent();
    }
    Integer reason = result.failed().get(object.sopInstance());
    if (reason != null) {
      String text = String.format(Locale.ROOT, "HTTP %d, 0x%04X", status, reason);
      boolean passes = (reason & 0xff00) == 0xa700 || reason == 0x0110;
      return passes ? new SendOutcome.Transient(text) : new SendOutcome.Permanent(text);
    }
    if (answered) {
      return new SendOutcome.Transient("HTTP " + status + ", the answer does not name the object");
    }
    boolean passes = status >= 500 || status == 408 || status == 425 || status == 429;
    return passes
        ? new SendOutcome.Transient("HTTP " + status)
        : new SendOutcome.Permanent("HTTP " + status);
  }

  @Override
  public void close() {
    client.close();
  }
}
