package io.precordia.workspace.catalogue;

import io.precordia.dicom.DicomHeader;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.DurableIngest;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Part;
import io.precordia.ingest.Reception;
import io.precordia.ingest.Submission;
import io.precordia.store.DicomObjects;
import io.precordia.study.Identity;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The way in for DICOM objects from peers (STOW-RS, C-STORE): refuses what could not be found
 * again, and tells whether the object is in conflict with one kept before. Thread-safe.
 */
public final class DicomIntake {
  private static final String NAME = "object.dcm";
  private static final int MAGIC_AT = 128;
  private static final Pattern UID = Pattern.compile("(?=.{1,64}$)[0-9]+(\\.[0-9]+)*");
  private final FirstInstances firsts;
  private final Ingest ingest;

  DicomIntake(DicomObjects objects, DurableIngest ingest) {
    this.firsts = new FirstInstances(objects, ingest::waits);
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
    FirstInstances.Kept kept =
        firsts.keep(
            header.sopInstance(),
            () -> ingest.receive(new Submission(List.of(new Part(NAME, file)), sender)));
    return new Taken(
        kept.receipt().instance(), kept.receipt().duplicate(), kept.conflicting(), header);
  }

  /**
   * Makes a file that came in pieces durable and queues it; its UIDs have been looked at.
   *
   * @param sender what the sender knows, as in {@link Submission}
   * @return whether it is in conflict, see {@link Taken}
   * @throws PrecordiaException BUSY, STORAGE_FULL, NOT_READY
   */
  public boolean commit(Reception reception, String sopInstance, Identity sender) {
    return firsts.keep(sopInstance, () -> reception.commit(NAME, sender)).conflicting();
  }
}
