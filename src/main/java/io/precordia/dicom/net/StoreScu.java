package io.precordia.dicom.net;

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

/** Sends objects by C-STORE, each in the transfer syntax it is in. Stateless and thread-safe. */
public final class StoreScu {
  private static final int MAX_CONTEXTS = 128;
  private final Requestor requestor;

  public StoreScu(Requestor requestor) {
    this.requestor = requestor;
  }

  private record Syntax(String sopClass, String transferSyntax) {}

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
    Set<Syntax> syntaxes = new LinkedHashSet<>();
    entries.forEach(e -> syntaxes.add(new Syntax(e.object().sopClass(), e.transferSyntax())));
    int id = 1;
    for (Syntax syntax : syntaxes) {
      if (id < 2 * MAX_CONTEXTS) {
        rq.addPresentationContext(new Presentation(id, syntax.sopClass(), syntax.transferSyntax()));
      }
      id += 2;
    }
    if (syntaxes.isEmpty()) {
      rq.addPresentationContext(new Presentation(1, Uids.VERIFICATION, Requestor.PLAIN));
    }
    return requestor.with(
        peer, rq, as -> work.on((archive, entry) -> one(as, archive, entry, origin)));
  }

  private static int one(Association as, Archive archive, Archive.Entry entry, Origin origin)
      throws InterruptedException {
    try {
      byte[] file = archive.file(entry);
      int from = dataSet(file);
      DimseRSP rsp =
          as.cstore(
              entry.object().sopClass(),
              entry.object().sopInstance(),
              0,
              origin.title(),
              origin.message(),
              (out, syntax) -> out.write(file, from, file.length - from),
              entry.transferSyntax());
      rsp.next();
      return rsp.getCommand().getInt(Tag.Status, StatusCode.PROCESSING_FAILURE);
    } catch (PrecordiaException | IOException e) {
      return StatusCode.PROCESSING_FAILURE;
    } catch (RuntimeException e) {
      // the toolkit's way to say that no context was accepted for it
      return StatusCode.SOP_CLASS_NOT_SUPPORTED;
    }
  }

  /** One outcome for each file, in their order. */
  public List<StoreOutcome> send(PeerAddress peer, List<FileToSend> files) {
    List<StoreOutcome> outcomes = new ArrayList<>();
    int from = 0;
    while (from < files.size()) {
      Set<Syntax> syntaxes = new LinkedHashSet<>();
      int to = from;
      while (to < files.size()) {
        Syntax next = new Syntax(files.get(to).object().sopClass(), files.get(to).transferSyntax());
        if (!syntaxes.contains(next) && syntaxes.size() == MAX_CONTEXTS) {
          break;
        }
        syntaxes.add(next);
        to++;
      }
      outcomes.addAll(batch(peer, files.subList(from, to), List.copyOf(syntaxes)));
      from = to;
    }
    return outcomes;
  }

  private List<StoreOutcome> batch(
      PeerAddress peer, List<FileToSend> files, List<Syntax> syntaxes) {
    AAssociateRQ rq = requestor.request(peer);
    for (int i = 0; i < syntaxes.size(); i++) {
      rq.addPresentationContext(
          new Presentation(
              2 * i + 1, syntaxes.get(i).sopClass(), syntaxes.get(i).transferSyntax()));
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
    boolean accepted =
        as.getAAssociateAC().getPresentationContexts().stream()
            .anyMatch(
                pc ->
                    pc.isAccepted()
                        && file.transferSyntax().equals(pc.getTransferSyntax())
                        && object
                            .sopClass()
                            .equals(
                                as.getAAssociateRQ()
                                    .getPresentationContext(pc.getPCID())
                                    .getAbstractSyntax()));
    if (!accepted) {
      answers.put(index, StoreOutcome.refused());
      return;
    }
    int from = dataSet(file.file());
    as.cstore(
        object.sopClass(),
        object.sopInstance(),
        0,
        (out, syntax) -> out.write(file.file(), from, file.file().length - from),
        file.transferSyntax(),
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
