package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.PatientId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one form of the ways in which a hospital writes the same patient identifier: an HL7
 * assigning authority and a DICOM issuer that name one domain become its name, and an identifier
 * without an issuer gets that of its source, or the default one. Immutable.
 */
public final class IssuerRules {
  /**
   * Identifiers as they come; of an authority's namespace and universal id the namespace counts.
   */
  public static final IssuerRules NONE = new IssuerRules(List.of(), Map.of(), null);

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> sources;
  private final @Nullable String byDefault;

  /**
   * A domain of identifiers.
   *
   * @param name what it is called here
   * @param aliases other names and universal ids (OIDs, URIs) of it
   */
  public record Domain(String name, List<String> aliases) {
    public Domain {
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * @param sources issuer of identifiers without one, by source: an HL7 sending application and
   *     facility as {@code APPLICATION|FACILITY}, or what {@link #ofAe} makes of an AE title
   * @param byDefault issuer of identifiers without one from any other source; null leaves them
   * @throws PrecordiaException INVALID_CONFIGURATION if a name belongs to two domains
   */
  public IssuerRules(
      List<Domain> domains, Map<String, String> sources, @Nullable String byDefault) {
    for (Domain domain : domains) {
      add(domain.name(), domain.name());
      domain.aliases().forEach(alias -> add(alias, domain.name()));
    }
    this.sources = Map.copyOf(sources);
    this.byDefault = byDefault;
  }

  private void add(String alias, String name) {
    String before = names.put(alias.strip(), name.strip());
    if (before != null && !before.equals(name.strip())) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "precordia.identity.domains: one name or alias belongs to two domains");
    }
  }

  /** The issuer that a source's identifiers have when they name none; empty if it has no own. */
  public Optional<String> ofSource(String source) {
    return Optional.ofNullable(sources.get(source));
  }

  /** The name of an AE title among the sources. */
  public static String ofAe(String title) {
    return "dimse:" + title;
  }

  /**
   * {@link #canonical(String)} of an identifier that came from an AE.
   *
   * @param ae its calling AE title, null if it came another way
   */
  public String canonical(String identifier, @Nullable String ae) {
    String issuer = ae == null ? null : sources.get(ofAe(ae));
    PatientId given = PatientId.parse(identifier);
    return issuer == null || given.issued()
        ? canonical(identifier)
        : canonical(new PatientId(given.id(), issuer, "", "").text());
  }

  /** The one form of an identifier, {@code id^^^DOMAIN}, or {@code id} if no issuer is known. */
  public String canonical(String identifier) {
    PatientId given = PatientId.parse(identifier);
    String issuer = issuer(given);
    return issuer.isEmpty() ? given.id() : new PatientId(given.id(), issuer, "", "").text();
  }

  /** The name of the domain of an identifier, empty if none is known. */
  public String issuer(PatientId given) {
    if (!given.issued()) {
      return byDefault == null ? "" : names.getOrDefault(byDefault, byDefault);
    }
    String known = names.get(given.namespace());
    if (known == null) {
      known = names.get(given.universal());
    }
    return known != null
        ? known
        : given.namespace().isEmpty() ? given.universal() : given.namespace();
  }
}
