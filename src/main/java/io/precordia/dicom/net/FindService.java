package io.precordia.dicom.net;

import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryKeys;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryMatch;
import io.precordia.dicom.query.QueryPage;
import io.precordia.dicom.query.Related;
import java.io.IOException;
import org.aoju.bus.image.Option;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.ElementDictionary;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.Commands;

/** C-FIND (PS3.4 C.4.1), relational queries included. */
final class FindService implements Service {
  private static final int PAGE = 500;
  private final String title;
  private final Archive archive;
  private final Background background;
  private final DimseEvents events;

  FindService(String title, Archive archive, Background background, DimseEvents events) {
    this.title = title;
    this.archive = archive;
    this.background = background;
    this.events = events;
  }

  @Override
  public void perform(Request request) throws DimseFailure, IOException {
    String sopClass = request.sopClass();
    if (!sopClass.equals(QueryModel.PATIENT_FIND) && !sopClass.equals(QueryModel.STUDY_FIND)) {
      throw new DimseFailure(StatusCode.UNRECOGNIZED_OPERATION, "no C-FIND in this context");
    }
    Attributes identifier = DataSets.read(request);
    QueryLevel level = QueryModel.level(identifier, sopClass);
    boolean fuzzy = request.association().getQueryOptionsFor(sopClass).contains(Option.Type.FUZZY);
    background.run(
        request,
        cancelled -> {
          int offset = 0;
          QueryPage page;
          do {
            page =
                archive.query(new DicomQuery(level, QueryKeys.of(identifier), fuzzy, offset, PAGE));
            for (QueryMatch match : page.matches()) {
              if (cancelled.get()) {
                Dispatcher.answer(request, StatusCode.CANCEL, events);
                return;
              }
              pending(request, identifier, match);
            }
            offset += PAGE;
          } while (page.remaining() > 0 && !page.matches().isEmpty());
          Dispatcher.answer(request, StatusCode.SUCCESS, events);
        });
  }

  private void pending(Request request, Attributes identifier, QueryMatch match)
      throws IOException {
    request
        .association()
        .writeDimseRSP(
            request.context(),
            Commands.mkRSP(request.command(), StatusCode.PENDING, request.operation()),
            response(identifier, match));
  }

  private Attributes response(Attributes identifier, QueryMatch match) {
    Attributes header = match.header().attributes();
    Attributes out = new Attributes();
    String[] charset = header.getStrings(Tag.SpecificCharacterSet);
    if (charset != null && charset.length > 0) {
      out.setString(Tag.SpecificCharacterSet, VR.CS, charset);
    }
    for (int tag : identifier.tags()) {
      if (tag == Tag.SpecificCharacterSet || tag == Tag.QueryRetrieveLevel) {
        continue;
      }
      if (header.contains(tag)) {
        out.addSelected(header, tag);
      } else if (!related(out, tag, match.related())) {
        empty(out, tag, identifier);
      }
    }
    out.setString(Tag.QueryRetrieveLevel, VR.CS, match.level().name());
    out.setString(Tag.RetrieveAETitle, VR.AE, title);
    out.setString(Tag.InstanceAvailability, VR.CS, "ONLINE");
    return out;
  }

  private static void empty(Attributes out, int tag, Attributes identifier) {
    Sequence sequence = identifier.getSequence(tag);
    VR vr = sequence != null ? VR.SQ : ElementDictionary.vrOf(tag, null);
    if (vr == VR.SQ) {
      out.newSequence(tag, 0);
    } else {
      out.setNull(tag, vr == null ? VR.UN : vr);
    }
  }

  private static boolean related(Attributes out, int tag, Related related) {
    switch (tag) {
      case Tag.NumberOfPatientRelatedStudies -> out.setInt(tag, VR.IS, related.studies());
      case Tag.NumberOfPatientRelatedSeries, Tag.NumberOfStudyRelatedSeries ->
          out.setInt(tag, VR.IS, related.series());
      case Tag.NumberOfPatientRelatedInstances,
          Tag.NumberOfStudyRelatedInstances,
          Tag.NumberOfSeriesRelatedInstances ->
          out.setInt(tag, VR.IS, related.instances());
      case Tag.ModalitiesInStudy ->
          out.setString(tag, VR.CS, related.modalities().toArray(String[]::new));
      case Tag.SOPClassesInStudy ->
          out.setString(tag, VR.UI, related.sopClasses().toArray(String[]::new));
      default -> {
        return false;
      }
    }
    return true;
  }
}
