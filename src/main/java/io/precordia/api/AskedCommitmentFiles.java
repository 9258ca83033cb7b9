package io.precordia.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.dicom.net.AskedCommitments;
import io.precordia.dicom.net.CommitmentResult;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.OpaqueIds;
import io.precordia.store.SealedFiles;
import io.precordia.workspace.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Requests for storage commitment that we sent, one sealed note each in the data directory. Objects
 * are keyed hashes there, so that nothing of an erased subject is left in them. Thread-safe.
 */
final class AskedCommitmentFiles implements AskedCommitments {
  /** Longer than any peer takes; by then its deliveries are dead or were sent anew. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final SealedFiles files;
  private final OpaqueIds ids;
  private final Clock clock;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Note> notes = new HashMap<>();

  /**
   * One request.
   *
   * @param asked milliseconds since 1970
   * @param open objects without an answer
   */
  private record Note(
      String transaction,
      String peer,
      long asked,
      Set<String> open,
      Set<String> committed,
      Set<String> refused) {
    Note {
      open = Set.copyOf(open);
      committed = Set.copyOf(committed);
      refused = Set.copyOf(refused);
    }

    boolean settled() {
      return open.isEmpty() && committed.isEmpty() && refused.isEmpty();
    }
  }

  AskedCommitmentFiles(Workspace workspace, Clock clock) {
    this.files = workspace.notes("commitments-asked");
    this.ids = workspace.ids();
    this.clock = clock;
    long oldest = clock.instant().minus(KEPT).toEpochMilli();
    for (byte[] bytes : files.all()) {
      try {
        Note note = json.readValue(bytes, Note.class);
        if (note.asked() < oldest) {
          files.remove(file(note.transaction()));
        } else {
          notes.put(note.transaction(), note);
        }
      } catch (IOException e) {
        throw new PrecordiaException(ErrorCode.CORRUPT_STORE, "a note cannot be read", e);
      }
    }
  }

  private String file(String transaction) {
    return ids.note("commitment-asked", transaction);
  }

  private void put(Note note) {
    try {
      if (note.settled()) {
        notes.remove(note.transaction());
        files.remove(file(note.transaction()));
      } else {
        files.put(file(note.transaction()), json.writeValueAsBytes(note));
        notes.put(note.transaction(), note);
      }
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a commitment has no JSON form", e);
    }
  }

  private Set<String> hashes(Collection<ObjectUids> objects) {
    Set<String> out = new HashSet<>();
    objects.forEach(o -> out.add(ids.object(o.sopInstance())));
    return out;
  }

  @Override
  public synchronized void asked(String transaction, String peer, Collection<ObjectUids> objects) {
    put(new Note(transaction, peer, clock.millis(), hashes(objects), Set.of(), Set.of()));
  }

  @Override
  public synchronized void withdrawn(String transaction) {
    notes.remove(transaction);
    files.remove(file(transaction));
  }

  @Override
  public synchronized boolean answered(CommitmentResult result) {
    Note note = notes.get(result.transaction());
    if (note == null) {
      return false;
    }
    Set<String> committed = new HashSet<>(note.open());
    committed.retainAll(hashes(result.committed()));
    Set<String> refused = new HashSet<>(note.open());
    refused.removeAll(committed); // what the answer does not name is not committed either
    committed.addAll(note.committed());
    refused.addAll(note.refused());
    put(new Note(note.transaction(), note.peer(), note.asked(), Set.of(), committed, refused));
    return true;
  }

  @Override
  public synchronized Standing of(String peer, ObjectUids object, Duration atMost) {
    String hash = ids.object(object.sopInstance());
    Instant deadline = clock.instant().minus(atMost);
    Standing standing = Standing.NOT_ASKED;
    for (Note note : notes.values()) {
      if (note.peer().equals(peer)) {
        Standing one =
            note.committed().contains(hash)
                ? Standing.COMMITTED
                : note.refused().contains(hash)
                    ? Standing.REFUSED
                    : !note.open().contains(hash)
                        ? Standing.NOT_ASKED
                        : Instant.ofEpochMilli(note.asked()).isAfter(deadline)
                            ? Standing.OUTSTANDING
                            : Standing.OVERDUE;
        standing = stronger(standing, one);
      }
    }
    return standing;
  }

  /** A commitment counts above all; a request that may still be answered above one that was not. */
  private static Standing stronger(Standing a, Standing b) {
    return rank(a) >= rank(b) ? a : b;
  }

  private static int rank(Standing standing) {
    return switch (standing) {
      case NOT_ASKED -> 0;
      case OVERDUE -> 1;
      case REFUSED -> 2;
      case OUTSTANDING -> 3;
      case COMMITTED -> 4;
    };
  }

  @Override
  public synchronized void settled(String peer, ObjectUids object) {
    String hash = ids.object(object.sopInstance());
    for (Note note : Set.copyOf(notes.values())) {
      if (note.peer().equals(peer)) {
        Note less =
            new Note(
                note.transaction(),
                note.peer(),
                note.asked(),
                without(note.open(), hash),
                without(note.committed(), hash),
                without(note.refused(), hash));
        if (!less.equals(note)) {
          put(less);
        }
      }
    }
  }

  private static Set<String> without(Set<String> hashes, String hash) {
    Set<String> out = new HashSet<>(hashes);
    out.remove(hash);
    return out;
  }
}
