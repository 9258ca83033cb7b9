package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Search parameters by type (FHIR R4 section 3.1.1.4). */
final class Match {
  private static final String OID = "urn:oid:";

  private Match() {}

  /** {@code code}, {@code system|code}, {@code |code} or {@code system|}. */
  static <R extends Resource> SearchParam token(
      String name, String documentation, Class<R> type, Function<R, List<Coding>> codes) {
    return new SearchParam(
        name,
        SearchParamType.TOKEN,
        documentation,
        value -> {
          int bar = value.indexOf('|');
          String system = bar < 0 ? null : value.substring(0, bar);
          String code = plain(value.substring(bar + 1));
          return resource ->
              codes.apply(type.cast(resource)).stream()
                  .anyMatch(
                      c ->
                          (system == null
                                  || (c.getSystem() == null ? "" : c.getSystem()).equals(system))
                              && (code.isEmpty() || code.equals(plain(c.getCode()))));
        });
  }

  /** The value of {@code value} or {@code system|value}. */
  static String value(String identifier) {
    return plain(identifier.substring(identifier.indexOf('|') + 1));
  }

  // A UID is written with and without its scheme.
  static String plain(String code) {
    return code == null ? "" : code.startsWith(OID) ? code.substring(OID.length()) : code;
  }

  static <R extends Resource> SearchParam identifier(
      String documentation, Class<R> type, Function<R, List<Identifier>> identifiers) {
    return token(
        "identifier",
        documentation,
        type,
        resource ->
            identifiers.apply(resource).stream()
                .map(i -> new Coding(i.getSystem(), i.getValue(), null))
                .toList());
  }

  /** {@code id}, {@code Type/id} or the full URL. */
  static <R extends Resource> SearchParam reference(
      String name, String documentation, Class<R> type, Function<R, List<Reference>> references) {
    return new SearchParam(
        name,
        SearchParamType.REFERENCE,
        documentation,
        value -> {
          String wanted = relative(value);
          return resource ->
              references.apply(type.cast(resource)).stream()
                  .map(Reference::getReference)
                  .anyMatch(
                      r ->
                          r != null
                              && (wanted.indexOf('/') < 0
                                  ? r.endsWith("/" + wanted)
                                  : r.equals(wanted)));
        });
  }

  /** {@code Type/id} of a URL, the value itself if it is none. */
  static String relative(String reference) {
    String[] parts = reference.split("/");
    return parts.length < 2 ? reference : parts[parts.length - 2] + "/" + parts[parts.length - 1];
  }

  static <R extends Resource> SearchParam date(
      String name, String documentation, Class<R> type, Function<R, List<DateRange>> times) {
    return new SearchParam(
        name,
        SearchParamType.DATE,
        documentation,
        value -> {
          boolean prefixed = value.length() > 2 && Character.isLetter(value.charAt(0));
          DateRange.Prefix prefix = prefixed ? prefix(value.substring(0, 2)) : DateRange.Prefix.EQ;
          DateRange wanted = DateRange.parse(prefixed ? value.substring(2) : value);
          return resource ->
              times.apply(type.cast(resource)).stream().anyMatch(t -> prefix.holds(wanted, t));
        },
        resource -> times.apply(type.cast(resource)));
  }

  private static DateRange.Prefix prefix(String text) {
    try {
      return DateRange.Prefix.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "a date's prefix is one of eq ne gt lt ge le sa eb ap", e);
    }
  }
}
