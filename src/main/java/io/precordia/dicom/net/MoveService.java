package io.precordia.dicom.net;

import io.precordia.dicom.query.QueryLevel;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;

/** C-MOVE (PS3.4 C.4.2): objects go to a configured peer, as they are kept. */
final class MoveService implements Service {
  private final Archive archive;
  private final StoreScu store;
  private final Function<String, Optional<PeerAddress>> destinations;
  private final Background background;
  private final DimseEvents events;

  MoveService(
      Archive archive,
      StoreScu store,
      Function<String, Optional<PeerAddress>> destinations,
      Background background,
      DimseEvents events) {
    this.archive = archive;
    this.store = store;
    this.destinations = destinations;
    this.background = background;
    this.events = events;
  }

  @Override
  public void perform(Request request) throws DimseFailure, IOException {
    String sopClass = request.sopClass();
    if (!sopClass.equals(QueryModel.PATIENT_MOVE) && !sopClass.equals(QueryModel.STUDY_MOVE)) {
      throw new DimseFailure(StatusCode.UNRECOGNIZED_OPERATION, "no C-MOVE in this context");
    }
    Attributes identifier = DataSets.read(request);
    QueryLevel level = QueryModel.level(identifier, sopClass);
    List<String> uids = QueryModel.unique(identifier, level);
    PeerAddress destination =
        destinations
            .apply(request.text(Tag.MoveDestination).strip())
            .orElseThrow(
                () ->
                    new DimseFailure(
                        StatusCode.MOVE_DESTINATION_UNKNOWN,
                        "the destination is none of the configured peers",
                        Tag.MoveDestination));
    background.run(
        request,
        cancelled -> {
          List<Archive.Entry> entries = archive.find(level, uids);
          Retrieval retrieval = new Retrieval(request, entries, events);
          try {
            StoreScu.Origin origin =
                new StoreScu.Origin(
                    request.association().getCallingAET(),
                    request.command().getInt(Tag.MessageID, 0));
            store.stream(
                destination,
                entries,
                origin,
                sender -> {
                  retrieval.run(entry -> sender.send(archive, entry), cancelled);
                  return true;
                });
          } catch (PrecordiaException e) {
            if (!retrieval.begun()) {
              retrieval.fail();
            } else {
              throw new DimseFailure(
                  StatusCode.UNABLE_TO_PERFORM_SUB_OPERATIONS, "the destination broke off");
            }
          }
        });
  }
}
