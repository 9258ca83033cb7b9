package io.precordia.api.dicomweb;

import io.precordia.api.Uploads;
import io.precordia.api.upload.RelatedPart;
import io.precordia.api.upload.RelatedUpload;
import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.web.MetadataObject;
import io.precordia.dicom.web.StowAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.workspace.catalogue.DicomIntake;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the objects of one STOW-RS request and notes what became of each. For one thread. */
final class StowReader {
  private static final String DICOM = "application/dicom";
  private static final String JSON = "application/dicom+json";
  private static final String XML = "application/dicom+xml";
  private final DicomIntake intake;
  private final StowAnswer answer;
  private final @Nullable String study;

  /**
   * @param study Study Instance UID that every object must have, or null
   */
  StowReader(DicomIntake intake, StowAnswer answer, @Nullable String study) {
    this.intake = intake;
    this.answer = answer;
    this.study = study;
  }

  /**
   * Reads the body.
   *
   * @throws PrecordiaException UNSUPPORTED_FORMAT for another media type, INVALID_REQUEST,
   *     TOO_LARGE, BUSY; what was noted before is kept all the same
   */
  void read(Uploads uploads, InputStream body, String contentType) {
    MediaRange type = MediaRange.parse(contentType).getFirst();
    if (!type.type().equals("multipart/related")) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT,
          "objects are stored as multipart/related with parts of application/dicom, application/dicom+json or application/dicom+xml");
    }
    try (RelatedUpload upload = uploads.related(body, contentType)) {
      if (type.partType().equals(JSON) || type.partType().equals(XML)) {
        metadata(upload, type.partType());
      } else {
        objects(upload);
      }
    }
  }

  private void objects(RelatedUpload upload) {
    for (RelatedPart part = upload.next(); part != null; part = upload.next()) {
      String type = mediaType(part);
      if (part.tooLarge()) {
        answer.unreadable(StowAnswer.OUT_OF_RESOURCES);
      } else if (type.isEmpty() || type.equals(DICOM)) {
        object(part.bytes());
      } else {
        answer.unreadable(StowAnswer.CANNOT_UNDERSTAND);
      }
    }
  }

  private void object(byte[] file) {
    DicomHeader header;
    try {
      header = DicomIntake.read(file);
    } catch (PrecordiaException e) {
      answer.unreadable(reason(e.code()));
      return;
    }
    take(file, header);
  }

  private void take(byte[] file, DicomHeader header) {
    if (study != null && !study.equals(header.study())) {
      answer.failed(header.sopClass(), header.sopInstance(), StowAnswer.DOES_NOT_MATCH);
      return;
    }
    try {
      DicomIntake.Taken taken = intake.receive(file, header);
      if (taken.conflicting()) {
        // Kept and flagged, but another object is found under this UID: that is no success.
        answer.failed(header.sopClass(), header.sopInstance(), StowAnswer.DUPLICATE);
      } else {
        answer.stored(header.sopClass(), header.sopInstance(), header.study(), header.series());
      }
    } catch (PrecordiaException e) {
      answer.failed(header.sopClass(), header.sopInstance(), reason(e.code()));
    }
  }

  private void metadata(RelatedUpload upload, String type) {
    List<MetadataObject> objects = new ArrayList<>();
    Map<String, MetadataObject.Bulk> bulk = new HashMap<>();
    for (RelatedPart part = upload.nextKept(); part != null; part = upload.nextKept()) {
      String partType = mediaType(part);
      if (part.tooLarge()) {
        throw new PrecordiaException(
            ErrorCode.TOO_LARGE, "a part is larger than precordia.upload.max-file allows");
      }
      if (partType.equals(type) || (partType.isEmpty() && part.contentLocation().isEmpty())) {
        try {
          objects.addAll(
              type.equals(JSON)
                  ? MetadataObject.json(part.bytes())
                  : List.of(MetadataObject.xml(part.bytes())));
        } catch (PrecordiaException e) {
          answer.unreadable(StowAnswer.CANNOT_UNDERSTAND);
        }
      } else {
        bulk.put(
            part.contentLocation(),
            new MetadataObject.Bulk(
                part.bytes(), MediaRange.parse(part.contentType()).getFirst().transferSyntax()));
      }
    }
    for (MetadataObject object : objects) {
      try {
        byte[] file = object.file(bulk);
        take(file, DicomIntake.read(file));
      } catch (PrecordiaException e) {
        answer.failed(object.sopClass(), object.sopInstance(), reason(e.code()));
      }
    }
  }

  private static String mediaType(RelatedPart part) {
    return part.contentType().isEmpty()
        ? ""
        : MediaRange.parse(part.contentType()).getFirst().type().toLowerCase(Locale.ROOT);
  }

  private static int reason(ErrorCode code) {
    return switch (code) {
      case BUSY, STORAGE_FULL, NOT_READY, TOO_LARGE, INSUFFICIENT_MEMORY ->
          StowAnswer.OUT_OF_RESOURCES;
      case BAD_IDENTITY -> StowAnswer.DOES_NOT_MATCH;
      case MALFORMED, TRUNCATED, DECOMPRESSION_LIMIT, BAD_CHARSET, EMPTY ->
          StowAnswer.CANNOT_UNDERSTAND;
      default -> StowAnswer.PROCESSING_FAILURE;
    };
  }
}
