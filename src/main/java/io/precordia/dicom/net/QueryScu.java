package io.precordia.dicom.net;

import io.precordia.dicom.query.QueryLevel;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.ElementDictionary;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.DimseRSP;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.aoju.bus.image.metric.internal.pdu.RoleSelection;

/** Queries peers and fetches from them (study root). Stateless and thread-safe. */
public final class QueryScu {
  /** Images that a chest service fetches by C-GET, where every class takes contexts. */
  private static final List<String> IMAGES =
      List.of(
          "1.2.840.10008.5.1.4.1.1.1",
          "1.2.840.10008.5.1.4.1.1.1.1",
          "1.2.840.10008.5.1.4.1.1.1.1.1",
          "1.2.840.10008.5.1.4.1.1.7",
          "1.2.840.10008.5.1.4.1.1.2");

  /** ECGs, reports, presentation states and encapsulated PDF, which have no pixels to compress. */
  private static final List<String> OTHERS =
      List.of(
          "1.2.840.10008.5.1.4.1.1.9.1.1",
          "1.2.840.10008.5.1.4.1.1.9.1.2",
          "1.2.840.10008.5.1.4.1.1.9.1.3",
          "1.2.840.10008.5.1.4.1.1.9.1.4",
          "1.2.840.10008.5.1.4.1.1.88.11",
          "1.2.840.10008.5.1.4.1.1.88.22",
          "1.2.840.10008.5.1.4.1.1.88.33",
          "1.2.840.10008.5.1.4.1.1.88.34",
          "1.2.840.10008.5.1.4.1.1.11.1",
          "1.2.840.10008.5.1.4.1.1.104.1");

  /** What can be decoded, lossless first; 5 classes of images stay far below 128 contexts. */
  private static final List<String> IMAGE_SYNTAXES =
      List.of(
          "1.2.840.10008.1.2.4.70",
          "1.2.840.10008.1.2.4.90",
          "1.2.840.10008.1.2.4.80",
          "1.2.840.10008.1.2.5",
          "1.2.840.10008.1.2.4.50",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.81",
          "1.2.840.10008.1.2.4.91",
          "1.2.840.10008.1.2.1",
          "1.2.840.10008.1.2");

  private final Requestor requestor;
  private final int maxMatches;

  /**
   * @param maxMatches most matches of one query; then it is cancelled
   */
  public QueryScu(Requestor requestor, int maxMatches) {
    this.requestor = requestor;
    this.maxMatches = maxMatches;
  }

  /**
   * What a retrieval brought.
   *
   * @param status of its last response
   */
  public record Retrieved(int status, int completed, int failed, int warned) {}

  /**
   * C-FIND.
   *
   * @param keys value by tag; an empty one asks for the attribute
   * @return values by tag of each match, several joined by a backslash
   * @throws PrecordiaException PEER_UNAVAILABLE, PEER_REFUSED
   */
  public List<Map<Integer, String>> find(
      PeerAddress peer, QueryLevel level, Map<Integer, String> keys) {
    AAssociateRQ rq = requestor.request(peer);
    rq.addPresentationContext(new Presentation(1, QueryModel.STUDY_FIND, Requestor.PLAIN));
    return requestor.with(
        peer,
        rq,
        as -> {
          List<Map<Integer, String>> matches = new ArrayList<>();
          DimseRSP rsp =
              as.cfind(QueryModel.STUDY_FIND, 0, identifier(level, keys), null, maxMatches);
          while (rsp.next()) {
            Attributes match = rsp.getDataset();
            if (match != null) {
              matches.add(values(match));
            }
          }
          int status = rsp.getCommand().getInt(Tag.Status, StatusCode.PROCESSING_FAILURE);
          if (status != StatusCode.SUCCESS && status != StatusCode.CANCEL) {
            throw refused("C-FIND", status);
          }
          return matches;
        });
  }

  /**
   * C-MOVE to this AE or another.
   *
   * @throws PrecordiaException PEER_UNAVAILABLE, PEER_REFUSED
   */
  public Retrieved move(
      PeerAddress peer, QueryLevel level, Map<Integer, String> keys, String destination) {
    AAssociateRQ rq = requestor.request(peer);
    rq.addPresentationContext(new Presentation(1, QueryModel.STUDY_MOVE, Requestor.PLAIN));
    return requestor.with(
        peer,
        rq,
        as ->
            last(
                "C-MOVE",
                as.cmove(QueryModel.STUDY_MOVE, 0, identifier(level, keys), null, destination)));
  }

  /**
   * C-GET; objects go to the requestor's sink.
   *
   * @throws PrecordiaException PEER_UNAVAILABLE, PEER_REFUSED
   */
  public Retrieved get(PeerAddress peer, QueryLevel level, Map<Integer, String> keys) {
    AAssociateRQ rq = requestor.request(peer);
    rq.addPresentationContext(new Presentation(1, QueryModel.STUDY_GET, Requestor.PLAIN));
    IMAGES.forEach(sopClass -> propose(rq, sopClass, IMAGE_SYNTAXES));
    OTHERS.forEach(sopClass -> propose(rq, sopClass, OutgoingData.OTHERS));
    return requestor.with(
        peer,
        rq,
        as -> last("C-GET", as.cget(QueryModel.STUDY_GET, 0, identifier(level, keys), null)));
  }

  /** One context for each syntax, so that the peer can send what it has as it is. */
  private static void propose(AAssociateRQ rq, String sopClass, List<String> syntaxes) {
    rq.addRoleSelection(new RoleSelection(sopClass, false, true));
    for (String syntax : syntaxes) {
      rq.addPresentationContext(
          new Presentation(2 * rq.getNumberOfPresentationContexts() + 1, sopClass, syntax));
    }
  }

  private static Retrieved last(String operation, DimseRSP rsp)
      throws java.io.IOException, InterruptedException {
    while (rsp.next()) {
      // each pending response only counts
    }
    Attributes command = rsp.getCommand();
    int status = command.getInt(Tag.Status, StatusCode.PROCESSING_FAILURE);
    Retrieved retrieved =
        new Retrieved(
            status,
            command.getInt(Tag.NumberOfCompletedSuboperations, 0),
            command.getInt(Tag.NumberOfFailedSuboperations, 0),
            command.getInt(Tag.NumberOfWarningSuboperations, 0));
    if (!StatusCode.performed(status) && retrieved.completed() + retrieved.failed() == 0) {
      throw refused(operation, status);
    }
    return retrieved;
  }

  private static Attributes identifier(QueryLevel level, Map<Integer, String> keys) {
    Attributes identifier = new Attributes();
    identifier.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    identifier.setString(Tag.QueryRetrieveLevel, VR.CS, level.name());
    keys.forEach(
        (tag, value) -> {
          VR vr = ElementDictionary.vrOf(tag, null);
          if (value.isEmpty()) {
            identifier.setNull(tag, vr);
          } else {
            identifier.setString(tag, vr, value.split("\\\\", -1));
          }
        });
    return identifier;
  }

  private static Map<Integer, String> values(Attributes match) {
    Map<Integer, String> values = new TreeMap<>();
    for (int tag : match.tags()) {
      String[] strings = match.getStrings(tag);
      if (strings != null) {
        values.put(tag, String.join("\\", strings));
      }
    }
    return values;
  }

  private static PrecordiaException refused(String operation, int status) {
    return new PrecordiaException(
        StatusCode.transientFailure(status) ? ErrorCode.PEER_UNAVAILABLE : ErrorCode.PEER_REFUSED,
        String.format(Locale.ROOT, "the peer answered %s with status %04XH", operation, status));
  }
}
