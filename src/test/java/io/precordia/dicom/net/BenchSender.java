package io.precordia.dicom.net;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.DimseRSP;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;

/** Sends many distinct objects of one size over several associations, one after the other on each. */
public final class BenchSender {
  private static final String FIRST = "1.2.3.4.1000000000";
  private final Requestor requestor;
  private final AtomicInteger numbers;

  public BenchSender(Requestor requestor, int firstNumber) {
    this.requestor = requestor;
    this.numbers = new AtomicInteger(firstNumber);
  }

  /** Seconds that it took; fails unless every answer is 0000H. */
  public double send(PeerAddress peer, String sopClass, int bytes, int objects, int associations)
      throws Exception {
    Attributes set = TestObjects.dataset(sopClass, 1, bytes);
    set.setString(Tag.SOPInstanceUID, VR.UI, FIRST);
    byte[] file = TestObjects.of(set, TestObjects.EXPLICIT).file();
    try (ExecutorService threads = Executors.newFixedThreadPool(associations)) {
      long begin = System.nanoTime();
      List<CompletableFuture<Void>> all =
          java.util.stream.IntStream.range(0, associations)
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () -> one(peer, sopClass, file.clone(), share(objects, associations, i)),
                          threads))
              .toList();
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private static int share(int objects, int associations, int index) {
    return objects / associations + (index < objects % associations ? 1 : 0);
  }

  private void one(PeerAddress peer, String sopClass, byte[] file, int objects) {
    int from = StoreScu.dataSet(file);
    int uid = indexOf(file, FIRST, from);
    AAssociateRQ rq = requestor.request(peer);
    rq.addPresentationContext(new Presentation(1, sopClass, TestObjects.EXPLICIT));
    requestor.with(
        peer,
        rq,
        as -> {
          for (int i = 0; i < objects; i++) {
            String name =
                String.format(Locale.ROOT, "1.2.3.4.1%09d", numbers.getAndIncrement());
            byte[] text = name.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, file, uid, text.length);
            DimseRSP rsp =
                as.cstore(
                    sopClass,
                    name,
                    0,
                    (out, syntax) -> out.write(file, from, file.length - from),
                    TestObjects.EXPLICIT);
            rsp.next();
            int status = rsp.getCommand().getInt(Tag.Status, -1);
            if (status != 0) {
              throw new PrecordiaException(
                  ErrorCode.PEER_REFUSED, "status " + Integer.toHexString(status));
            }
          }
          return true;
        });
  }

  private static int indexOf(byte[] in, String text, int from) {
    byte[] what = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = from; i + what.length <= in.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("no UID to change");
  }
}
