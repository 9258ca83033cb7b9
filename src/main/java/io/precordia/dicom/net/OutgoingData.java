package io.precordia.dicom.net;

import io.precordia.dicom.Transcoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.internal.pdu.Presentation;

/**
 * A data set to be sent by C-STORE: as it is kept where the peer takes that, else uncompressed
 * where it can be decoded.
 *
 * @param file Part 10 file
 * @param from where its data set begins
 */
@SuppressWarnings("ArrayRecordComponent") // sent once, never compared
record OutgoingData(byte[] file, int from, String transferSyntax) {
  /** What is tried besides the stored transfer syntax, best first. */
  static final List<String> OTHERS =
      List.of(Transcoder.EXPLICIT_LITTLE, Transcoder.IMPLICIT_LITTLE);

  /**
   * The data set for an association.
   *
   * @return empty if the peer accepted no transfer syntax that it can be given in
   * @throws io.precordia.error.PrecordiaException if it cannot be decoded
   */
  static Optional<OutgoingData> of(Association as, String sopClass, String stored, byte[] file) {
    if (accepts(as, sopClass, stored)) {
      return Optional.of(new OutgoingData(file, StoreScu.dataSet(file), stored));
    }
    for (String other : OTHERS) {
      if (Transcoder.offers(stored, other) && accepts(as, sopClass, other)) {
        byte[] plain = Transcoder.transcode(file, other);
        return Optional.of(new OutgoingData(plain, StoreScu.dataSet(plain), other));
      }
    }
    return Optional.empty();
  }

  void write(OutputStream out) throws IOException {
    out.write(file, from, file.length - from);
  }

  private static boolean accepts(Association as, String sopClass, String syntax) {
    return as.getAAssociateAC().getPresentationContexts().stream()
        .anyMatch(pc -> accepted(as, pc, sopClass, syntax));
  }

  private static boolean accepted(Association as, Presentation pc, String sopClass, String syntax) {
    return pc.isAccepted()
        && syntax.equals(pc.getTransferSyntax())
        && sopClass.equals(
            as.getAAssociateRQ().getPresentationContext(pc.getPCID()).getAbstractSyntax());
  }
}
