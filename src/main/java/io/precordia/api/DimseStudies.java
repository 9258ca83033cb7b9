package io.precordia.api;

import io.precordia.dicom.net.ObjectSink;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.QueryScu;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.query.QueryLevel;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Studies of the peers of {@code precordia.dimse.peers}: by C-GET, or by C-MOVE to this AE, whose
 * objects then come in through the DICOM door and not through the sink.
 */
@ApplicationScoped
public class DimseStudies implements StudySource {
  private static final int PATIENT_ID = 0x00100020;
  private static final int STUDY_UID = 0x0020000D;
  private static final int MAX_MATCHES = 1000;
  private final DimseDoor door;
  private final PrecordiaConfig config;

  DimseStudies(DimseDoor door, PrecordiaConfig config) {
    this.door = door;
    this.config = config;
  }

  @Override
  public Optional<Integer> fetch(String peer, String study, Consumer<byte[]> sink) {
    if (!config.dimse().peers().containsKey(peer)) {
      return Optional.empty();
    }
    DimseNetwork network = door.network();
    PeerAddress address = network.peers().named(peer);
    Map<Integer, String> keys = Map.of(STUDY_UID, study);
    QueryScu.Retrieved retrieved;
    if (network.peers().settings(peer).retrieve() == DimseConfig.Retrieve.MOVE) {
      retrieved = network.query().move(address, QueryLevel.STUDY, keys, network.title());
    } else {
      try (Requestor own = network.requestor(() -> new Whole(sink))) {
        retrieved = new QueryScu(own, MAX_MATCHES).get(address, QueryLevel.STUDY, keys);
      }
    }
    return Optional.of(retrieved.completed() + retrieved.warned());
  }

  @Override
  public Optional<String> aeTitle(String peer) {
    return Optional.ofNullable(config.dimse().peers().get(peer)).map(DimseConfig.Peer::aeTitle);
  }

  /**
   * Study Instance UIDs that a peer has of a patient, to be fetched before a question about
   * "before" is answered; empty if there is no such peer.
   *
   * @throws io.precordia.error.PrecordiaException PEER_UNAVAILABLE, PEER_REFUSED, NOT_READY
   */
  public List<String> ofPatient(String peer, String patientId) {
    if (!config.dimse().peers().containsKey(peer)) {
      return List.of();
    }
    DimseNetwork network = door.network();
    List<String> studies = new ArrayList<>();
    for (Map<Integer, String> match :
        network
            .query()
            .find(
                network.peers().named(peer),
                QueryLevel.STUDY,
                Map.of(PATIENT_ID, patientId, STUDY_UID, ""))) {
      String study = match.get(STUDY_UID);
      if (study != null && patientId.equals(match.getOrDefault(PATIENT_ID, patientId))) {
        studies.add(study);
      }
    }
    return studies;
  }

  /** An object that is handed on as a whole. */
  private static final class Whole implements ObjectSink.Incoming {
    private final Consumer<byte[]> sink;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);

    Whole(Consumer<byte[]> sink) {
      this.sink = sink;
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes.write(b, offset, length);
    }

    @Override
    public boolean commit(ObjectUids object) {
      sink.accept(bytes.toByteArray());
      return true; // whether it is in conflict is seen further in
    }

    @Override
    public void close() {
      // nothing is held outside
    }
  }
}
