package io.precordia.packaged;

import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.net.StoreOutcome;
import io.precordia.dicom.net.StoreScu;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

/** Objects by C-STORE, several on one association. */
final class StoreSender implements Sender {
  private final PeerAddress peer;
  private final Requestor requestor =
      new Requestor(
          "KILLER",
          null,
          DimseLimits.DEFAULT,
          Duration.ofSeconds(20),
          () -> {
            throw new AssertionError("nobody sends to us");
          },
          DimseEvents.NONE);

  StoreSender(PackagedService.Doors doors) {
    this.peer = new PeerAddress("PRECORDIA", "127.0.0.1", doors.dicom(), false);
  }

  @Override
  public void send(List<Integer> numbers, IntConsumer acknowledged) {
    List<StoreOutcome> outcomes =
        new StoreScu(requestor).send(peer, numbers.stream().map(DicomLoad::object).toList());
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).kind() == StoreOutcome.Kind.STORED) {
        acknowledged.accept(numbers.get(i));
      } else if (outcomes.get(i).status() >= 0
          && outcomes.get(i).kind() == StoreOutcome.Kind.PERMANENT) {
        throw new AssertionError("C-STORE was refused: " + outcomes.get(i));
      }
    }
  }

  @Override
  public void close() {
    requestor.close();
  }
}
