package io.precordia.workspace.catalogue;

import io.precordia.dicom.DicomHeader;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Part;
import io.precordia.ingest.Receipt;
import io.precordia.ingest.Submission;
import io.precordia.store.DicomObjects;
import io.precordia.store.DicomRow;
import io.precordia.study.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way in for DICOM objects from peers (STOW-RS, C-STORE): refuses what could not be found
 * again, and tells whether the object is in conflict with one kept before. Thread-safe.
 */
public final class DicomIntake {
  /** More than can wait in the inbox: what is older than that is in the catalogue. */
  private static final int RECENT = 50_000;

  private static final int MAGIC_AT = 128;
  private static final Pattern UID = Pattern.compile("(?=.{1,64}$)[0-9]+(\\.[0-9]+)*");
  private final DicomObjects objects;
  private final Ingest ingest;

  /** Instance ids of what came last, by SOP Instance UID; the first one of each. */
  private final Map<String, String> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > RECENT;
        }
      };

  DicomIntake(DicomObjects objects, Ingest ingest) {
    this.objects = objects;
    this.ingest = ingest;
  }

  /**
   * What became of an object.
   *
   * @param instance id under which it is kept
   * @param known whether the same bytes were accepted before
   * @param conflicting whether an object with the same SOP Instance UID and other content was
   *     accepted before: this one is kept beside it and flagged, and is not found by its UID
   */
  public record Taken(String instance, boolean known, boolean conflicting, DicomHeader header) {}

  /**
   * Makes a Part 10 file durable and queues it. When this returns, a crash at any moment loses
   * nothing of it.
   *
   * @throws PrecordiaException MALFORMED, TRUNCATED, DECOMPRESSION_LIMIT or BAD_IDENTITY for an
   *     object that is not taken; BUSY, TOO_LARGE, STORAGE_FULL, NOT_READY
   */
  public Taken receive(byte[] file) {
    return receive(file, read(file));
  }

  /**
   * {@link #receive(byte[])} of a file from a known peer.
   *
   * @param sender what is known of where it came from
   */
  public Taken receive(byte[] file, Identity sender) {
    return receive(file, read(file), sender);
  }

  /**
   * The header of a file that could be received.
   *
   * @throws PrecordiaException MALFORMED, TRUNCATED, DECOMPRESSION_LIMIT, BAD_IDENTITY
   */
  public static DicomHeader read(byte[] file) {
    if (file.length < MAGIC_AT + 4
        || file[MAGIC_AT] != 'D'
        || file[MAGIC_AT + 1] != 'I'
        || file[MAGIC_AT + 2] != 'C'
        || file[MAGIC_AT + 3] != 'M') {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "no DICOM file: preamble and prefix are missing (PS3.10 7.1)");
    }
    DicomHeader header = DicomHeader.of(file);
    for (String uid :
        new String[] {header.sopClass(), header.sopInstance(), header.study(), header.series()}) {
      if (!UID.matcher(uid).matches()) {
        throw new PrecordiaException(
            ErrorCode.BAD_IDENTITY,
            "SOP Class, SOP Instance, Study Instance and Series Instance UID must be there and be UIDs");
      }
    }
    return header;
  }

  /** Receives a file whose header was read by {@link #read}. */
  public Taken receive(byte[] file, DicomHeader header) {
    return receive(file, header, Identity.UNKNOWN);
  }

  private Taken receive(byte[] file, DicomHeader header, Identity sender) {
    String uid = header.sopInstance();
    Receipt receipt = ingest.receive(new Submission(List.of(new Part("object.dcm", file)), sender));
    @Nullable String first = first(uid, receipt.instance());
    return new Taken(
        receipt.instance(),
        receipt.duplicate(),
        first != null && !first.equals(receipt.instance()),
        header);
  }

  /** The instance kept or accepted first under a SOP Instance UID. */
  private @Nullable String first(String uid, String instance) {
    List<DicomRow> rows = objects.withSopInstance(uid);
    synchronized (recent) {
      @Nullable String before = recent.putIfAbsent(uid, instance);
      return rows.isEmpty() ? before : rows.getFirst().instance();
    }
  }
}
