package io.precordia.api.dicomweb;

import io.precordia.dicom.StoredObject;
import io.precordia.dicom.Transcoder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decoding of what a client takes in another transfer syntax than the stored one. */
@ApplicationScoped
public class Transcoding {
  private static final String OCTETS = "application/octet-stream";

  /** A decoded object takes many times its file in memory. */
  private final Semaphore slots = new Semaphore(4);

  /** A file in the syntax wanted, the same bytes if it is stored so. */
  byte[] of(byte[] file, String stored, String wanted) {
    return stored.equals(wanted) ? file : decode(() -> Transcoder.transcode(file, wanted));
  }

  /** Whether a client does not take a compressed frame as it is, but octets. */
  static boolean wantsOctets(StoredObject.Typed frame, @Nullable String accept) {
    if (frame.mediaType().equals(OCTETS)
        || !Transcoder.offers(frame.transferSyntax(), Transcoder.EXPLICIT_LITTLE)) {
      return false;
    }
    List<MediaRange> ranges = MediaRange.parse(accept);
    return ranges.stream().noneMatch(r -> takes(r, frame.mediaType(), frame.transferSyntax()))
        && ranges.stream().anyMatch(r -> takes(r, OCTETS, Transcoder.EXPLICIT_LITTLE));
  }

  private static boolean takes(MediaRange range, String type, String syntax) {
    return range.takesSyntax(syntax) && (range.takes(type) || range.takesParts(type));
  }

  /** A frame as octets. */
  StoredObject.Typed decoded(StoredObject object, int number) {
    return new StoredObject.Typed(
        decode(() -> object.decoded(number)), OCTETS, Transcoder.EXPLICIT_LITTLE);
  }

  private byte[] decode(Supplier<byte[]> work) {
    slots.acquireUninterruptibly();
    try {
      return work.get();
    } catch (PrecordiaException e) {
      throw e.code() == ErrorCode.NOT_FOUND
          ? e
          : new PrecordiaException(
              ErrorCode.NOT_ACCEPTABLE,
              "the object cannot be decoded; take it in the transfer syntax it came in",
              e);
    } finally {
      slots.release();
    }
  }
}
