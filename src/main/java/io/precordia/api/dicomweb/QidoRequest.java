package io.precordia.api.dicomweb;

import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryKey;
import io.precordia.dicom.query.QueryKeys;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryMatch;
import io.precordia.dicom.query.QueryPage;
import io.precordia.dicom.web.DicomJson;
import io.precordia.dicom.web.QidoResult;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One search as its parameters ask for it (PS3.18 8.3.4).
 *
 * @param xml whether the answer is XML
 * @param studies URL of the studies resource
 */
record QidoRequest(DicomQuery query, QidoResult.Fields fields, boolean xml, String studies) {
  private static final int DEFAULT_LIMIT = 1000;
  private static final String JSON = "application/dicom+json";
  private static final String XML = "application/dicom+xml";

  static QidoRequest of(
      QueryLevel level,
      UriInfo uri,
      @Nullable String accept,
      @Nullable String study,
      @Nullable String series) {
    List<QueryKey> keys = new ArrayList<>();
    Set<Integer> include = new HashSet<>();
    boolean all = false;
    boolean fuzzy = false;
    int limit = DEFAULT_LIMIT;
    int offset = 0;
    String accepted = accept;
    for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
      for (String value : parameter.getValue()) {
        switch (parameter.getKey()) {
          case "includefield" -> all |= include(value, include);
          case "fuzzymatching" -> fuzzy = truth(value);
          case "limit" -> limit = Math.min(number("limit", value), DicomQuery.MAX_LIMIT);
          case "offset" -> offset = number("offset", value);
          case "accept" -> accepted = value;
          case "emptyvaluematching", "multiplevaluematching" -> {}
          default -> {
            keys.add(QueryKeys.of(parameter.getKey(), value));
            include.add(QueryKeys.path(parameter.getKey())[0]);
          }
        }
      }
    }
    if (study != null) {
      keys.add(QueryKeys.of("StudyInstanceUID", study));
    }
    if (series != null) {
      keys.add(QueryKeys.of("SeriesInstanceUID", series));
    }
    QidoResult.Fields fields =
        new QidoResult.Fields(
            include, all, study == null, level == QueryLevel.IMAGE && series == null);
    return new QidoRequest(
        new DicomQuery(level, keys, fuzzy, offset, Math.max(1, limit)),
        fields,
        xml(accepted),
        Links.studies(uri));
  }

  private static boolean include(String value, Set<Integer> tags) {
    boolean all = false;
    for (String field : value.split(",", 256)) {
      if (field.strip().equals("all")) {
        all = true;
      } else if (!field.isBlank()) {
        tags.add(QueryKeys.path(field.strip())[0]);
      }
    }
    return all;
  }

  private static boolean truth(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "fuzzymatching must be true or false");
    }
    return value.equals("true");
  }

  private static int number(String name, String value) {
    if (!value.matches("[0-9]{1,9}")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, name + " must be a whole number, 0 or more");
    }
    return Integer.parseInt(value);
  }

  private static boolean xml(@Nullable String accept) {
    for (MediaRange range : MediaRange.parse(accept)) {
      if (range.takes(JSON) || range.type().equals("application/json")) {
        return false;
      }
      if (range.takesParts(XML)) {
        return true;
      }
    }
    throw new PrecordiaException(
        ErrorCode.NOT_ACCEPTABLE,
        "matches are application/dicom+json or multipart/related; type=\"application/dicom+xml\"");
  }

  Response answer(QueryPage page) {
    if (xml && page.matches().isEmpty()) {
      return Response.noContent().build();
    }
    Response.ResponseBuilder response =
        xml
            ? Response.fromResponse(related(page))
            : Response.ok(json(page)).header(HttpHeaders.CONTENT_TYPE, JSON);
    if (page.remaining() > 0) {
      response.header(
          "Warning",
          "299 "
              + studies.substring(0, studies.length() - "/studies".length())
              + " \"There are "
              + page.remaining()
              + " additional results that can be requested\"");
    }
    return response.header("Cache-Control", "private, no-store").build();
  }

  private StreamingOutput json(QueryPage page) {
    return out -> {
      try (DicomJson json = new DicomJson(out)) {
        for (QueryMatch match : page.matches()) {
          QidoResult.write(json, match, fields, studies);
        }
      }
    };
  }

  private Response related(QueryPage page) {
    return RelatedBody.of(
        XML,
        page.matches().stream()
            .map(
                match ->
                    (RelatedBody.Part)
                        () ->
                            new RelatedBody.Content(
                                XML, "", QidoResult.xml(match, fields, studies)))
            .toList());
  }
}
