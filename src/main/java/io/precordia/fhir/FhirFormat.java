package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two wire formats (FHIR R4 section 3.1.0.1.11). */
enum FhirFormat {
  JSON("application/fhir+json"),
  XML("application/fhir+xml");

  private final String mediaType;

  FhirFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** The format that a media type or a short name asks for, if it is one of these. */
  static Optional<FhirFormat> of(String mediaType) {
    String[] parts = mediaType.toLowerCase(Locale.ROOT).split(";");
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("fhirversion=") && !parameter.matches("fhirversion=\"?4\\.0\"?")) {
        return Optional.empty();
      }
    }
    // "+" arrives as a space where a client does not escape it in _format
    return switch (parts[0].strip().replace(' ', '+')) {
      case "application/fhir+json",
          "application/json",
          "application/json+fhir",
          "text/json",
          "json" ->
          Optional.of(JSON);
      case "application/fhir+xml", "application/xml", "application/xml+fhir", "text/xml", "xml" ->
          Optional.of(XML);
      default -> Optional.empty();
    };
  }

  /**
   * What the answer is written in.
   *
   * @param format the parameter _format, which wins over Accept
   * @throws PrecordiaException NOT_ACCEPTABLE
   */
  static FhirFormat wanted(@Nullable String format, @Nullable String accept) {
    if (format != null) {
      return of(format).orElseThrow(FhirFormat::notOffered);
    }
    if (accept == null || accept.isBlank()) {
      return JSON;
    }
    FhirFormat best = null;
    double quality = 0;
    for (String range : accept.split(",")) {
      String type = range.strip().toLowerCase(Locale.ROOT);
      double q = quality(type);
      FhirFormat offered =
          type.startsWith("*/*") || type.startsWith("application/*") || type.startsWith("text/html")
              ? JSON
              : of(type).orElse(null);
      if (offered != null && q > quality) {
        best = offered;
        quality = q;
      }
    }
    if (best == null) {
      throw notOffered();
    }
    return best;
  }

  /** Whether the header asks for one of these formats by name, not by a wildcard. */
  static boolean named(@Nullable String accept) {
    if (accept != null) {
      for (String range : accept.split(",")) {
        if (of(range.strip()).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  private static double quality(String range) {
    int at = range.indexOf(";q=");
    if (at < 0) {
      return 1;
    }
    try {
      return Double.parseDouble(range.substring(at + 3).split(";")[0].strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static PrecordiaException notOffered() {
    return new PrecordiaException(
        ErrorCode.NOT_ACCEPTABLE,
        "FHIR R4 (4.0) is offered as application/fhir+json and application/fhir+xml");
  }
}
