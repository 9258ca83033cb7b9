package io.precordia.dicom.net;

import io.precordia.dicom.Transcoder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRSP;
import org.aoju.bus.image.metric.DimseRSPHandler;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;

/**
 * Sends objects by C-STORE, each in the transfer syntax it is in or, where the peer does not take
 * that, uncompressed. Stateless and thread-safe.
 */
public final class StoreScu {
  private static final int MAX_CONTEXTS = 128;
  private final Requestor requestor;

  public StoreScu(Requestor requestor) {
    this.requestor = requestor;
  }

  /**
   * A presentation context to be. Syntaxes that serve alike stand in one, since GDCM reads by the
   * wrong one if a class has several contexts.
   */
  private record Offer(String sopClass, List<String> syntaxes) {
    /** For an object as it is kept: explicit VR with the default syntax, which all must take. */
    static Offer asKept(String sopClass, String stored) {
      return new Offer(
          sopClass,
          stored.equals(Transcoder.EXPLICIT_LITTLE) ? OutgoingData.OTHERS : List.of(stored));
    }

    Presentation context(int id) {
      return new Presentation(id, sopClass, syntaxes.toArray(String[]::new));
    }
  }

  /**
   * The C-MOVE that a store belongs to (PS3.7 9.1.1.1).
   *
   * @param message its Message ID
   */
  record Origin(String title, int message) {}

  /** Sends entries of an archive one by one on one association. */
  interface EntrySender {
    /** The status of one; a failure if the peer did not accept its class and syntax. */
    int send(Archive archive, Archive.Entry entry) throws InterruptedException;
  }

  /** What is done with the sender. */
  interface EntryWork<T> {
    T on(EntrySender sender) throws IOException, InterruptedException;
  }

  /**
   * Opens an association for all of these.
   *
   * @throws PrecordiaException PEER_UNAVAILABLE, PEER_REFUSED
   */
  <T> T stream(PeerAddress peer, List<Archive.Entry> entries, Origin origin, EntryWork<T> work) {
    AAssociateRQ rq = requestor.request(peer);
    Set<Offer> offers = new LinkedHashSet<>();
    entries.forEach(e -> offers.add(Offer.asKept(e.object().sopClass(), e.transferSyntax())));
    entries.forEach(e -> others(e.object().sopClass(), e.transferSyntax(), offers));
    int id = 1;
    for (Offer offer : offers) {
      if (id < 2 * MAX_CONTEXTS) {
        rq.addPresentationContext(offer.context(id));
      }
      id += 2;
    }
    if (offers.isEmpty()) {
      rq.addPresentationContext(new Presentation(1, Uids.VERIFICATION, Requestor.PLAIN));
    }
    return requestor.with(
        peer, rq, as -> work.on((archive, entry) -> one(as, archive, entry, origin)));
  }

  private static int one(Association as, Archive archive, Archive.Entry entry, Origin origin)
      throws InterruptedException {
    try {
      OutgoingData data =
          OutgoingData.of(
                  as, entry.object().sopClass(), entry.transferSyntax(), archive.file(entry))
              .orElse(null);
      if (data == null) {
        return StatusCode.SOP_CLASS_NOT_SUPPORTED;
      }
      DimseRSP rsp =
          as.cstore(
              entry.object().sopClass(),
              entry.object().sopInstance(),
              0,
              origin.title(),
              origin.message(),
              (out, syntax) -> data.write(out),
              data.transferSyntax());
      rsp.next();
      return rsp.getCommand().getInt(Tag.Status, StatusCode.PROCESSING_FAILURE);
    } catch (PrecordiaException | IOException e) {
      return StatusCode.PROCESSING_FAILURE;
    }
  }

  /** Adds what an object may be decoded into for a peer that does not take it as it is kept. */
  private static void others(String sopClass, String stored, Set<Offer> offers) {
    if (offers.size() < MAX_CONTEXTS
        && !OutgoingData.OTHERS.contains(stored)
        && Transcoder.offers(stored, Transcoder.EXPLICIT_LITTLE)) {
      offers.add(new Offer(sopClass, OutgoingData.OTHERS));
    }
  }

  /** One outcome for each file, in their order. */
  public List<StoreOutcome> send(PeerAddress peer, List<FileToSend> files) {
    List<StoreOutcome> outcomes = new ArrayList<>();
    int from = 0;
    while (from < files.size()) {
      Set<Offer> offers = new LinkedHashSet<>();
      int to = from;
      while (to < files.size()) {
        Offer next =
            Offer.asKept(files.get(to).object().sopClass(), files.get(to).transferSyntax());
        if (!offers.contains(next) && offers.size() == MAX_CONTEXTS) {
          break;
        }
        offers.add(next);
        to++;
      }
      for (FileToSend file : files.subList(from, to)) {
        others(file.object().sopClass(), file.transferSyntax(), offers);
      }
      outcomes.addAll(batch(peer, files.subList(from, to), List.copyOf(offers)));
      from = to;
    }
    return outcomes;
  }

  private List<StoreOutcome> batch(PeerAddress peer, List<FileToSend> files, List<Offer> offers) {
    AAssociateRQ rq = requestor.request(peer);
    for (int i = 0; i < offers.size(); i++) {
      rq.addPresentationContext(offers.get(i).context(2 * i + 1));
    }
    Map<Integer, StoreOutcome> answers = new ConcurrentHashMap<>();
    String trouble = "the association broke before the peer's answer";
    try {
      requestor.with(
          peer,
          rq,
          as -> {
            for (int i = 0; i < files.size(); i++) {
              send(as, files.get(i), i, answers);
            }
            as.waitForOutstandingRSP();
            return true;
          });
    } catch (PrecordiaException e) {
      if (e.code() == ErrorCode.PEER_REFUSED) {
        return files.stream()
            .map(
                f ->
                    new StoreOutcome(
                        StoreOutcome.Kind.PERMANENT, -1, String.valueOf(e.getMessage())))
            .toList();
      }
      trouble = e.code().id();
    }
    List<StoreOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      outcomes.add(answers.getOrDefault(i, StoreOutcome.notTried(trouble)));
    }
    return outcomes;
  }

  private static void send(
      Association as, FileToSend file, int index, Map<Integer, StoreOutcome> answers)
      throws IOException, InterruptedException {
    ObjectUids object = file.object();
    OutgoingData data;
    try {
      data =
          OutgoingData.of(as, object.sopClass(), file.transferSyntax(), file.file()).orElse(null);
    } catch (PrecordiaException e) {
      data = null; // it cannot be decoded: as if the peer had been offered the stored syntax only
    }
    if (data == null) {
      answers.put(index, StoreOutcome.refused());
      return;
    }
    OutgoingData sent = data;
    as.cstore(
        object.sopClass(),
        object.sopInstance(),
        0,
        (out, syntax) -> sent.write(out),
        sent.transferSyntax(),
        new DimseRSPHandler(as.nextMessageID()) {
          @Override
          public void onDimseRSP(Association a, Attributes command, Attributes data) {
            super.onDimseRSP(a, command, data);
            answers.put(index, StoreOutcome.of(command.getInt(Tag.Status, 0x0110)));
          }
        });
  }

  /**
   * Where the data set begins in a Part 10 file.
   *
   * @throws PrecordiaException MALFORMED if it is none
   */
  static int dataSet(byte[] file) {
    if (file.length < 144
        || !Arrays.equals(file, 128, 132, new byte[] {'D', 'I', 'C', 'M'}, 0, 4)) {
      throw new PrecordiaException(ErrorCode.MALFORMED, "the file is no Part 10 file");
    }
    try (ImageInputStream in = new ImageInputStream(new ByteArrayInputStream(file))) {
      in.readFileMetaInformation();
      return Math.toIntExact(in.getPosition());
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.MALFORMED, "the file meta information is damaged", e);
    }
  }
}
