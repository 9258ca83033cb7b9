package io.precordia.api.dicomweb;

import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.web.BulkLinks;
import jakarta.ws.rs.core.UriInfo;

/** Absolute URLs of the resources, as the client reached the service. */
final class Links {
  private Links() {}

  /** The studies resource. */
  static String studies(UriInfo uri) {
    return uri.getBaseUri()
        + (uri.getBaseUri().toString().endsWith("/") ? "" : "/")
        + "dicomweb/studies";
  }

  static String instance(String studies, DicomHeader header) {
    return studies
        + "/"
        + header.study()
        + "/series/"
        + header.series()
        + "/instances/"
        + header.sopInstance();
  }

  static BulkLinks bulk(String studies, DicomHeader header) {
    String base = instance(studies, header) + "/bulkdata/";
    return path -> base + path;
  }
}
