package io.precordia.dicom.net;

import io.precordia.dicom.query.QueryLevel;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRSP;

/** C-GET (PS3.4 C.4.3): objects go back on the same association, as they are kept. */
final class GetService implements Service {
  private final Archive archive;
  private final Background background;
  private final DimseEvents events;

  GetService(Archive archive, Background background, DimseEvents events) {
    this.archive = archive;
    this.background = background;
    this.events = events;
  }

  @Override
  public void perform(Request request) throws DimseFailure, IOException {
    String sopClass = request.sopClass();
    if (!sopClass.equals(QueryModel.PATIENT_GET) && !sopClass.equals(QueryModel.STUDY_GET)) {
      throw new DimseFailure(StatusCode.UNRECOGNIZED_OPERATION, "no C-GET in this context");
    }
    Attributes identifier = DataSets.read(request);
    QueryLevel level = QueryModel.level(identifier, sopClass);
    List<String> uids = QueryModel.unique(identifier, level);
    background.run(
        request,
        cancelled ->
            new Retrieval(request, archive.find(level, uids), events)
                .run(entry -> send(request.association(), entry), cancelled));
  }

  private int send(Association as, Archive.Entry entry) throws InterruptedException {
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
              (out, syntax) -> data.write(out),
              data.transferSyntax());
      rsp.next();
      return rsp.getCommand().getInt(Tag.Status, StatusCode.PROCESSING_FAILURE);
    } catch (PrecordiaException | IOException e) {
      return StatusCode.PROCESSING_FAILURE;
    } catch (RuntimeException e) {
      // the toolkit's way to say that no role was accepted for it
      return StatusCode.SOP_CLASS_NOT_SUPPORTED;
    }
  }
}
