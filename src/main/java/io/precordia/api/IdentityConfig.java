package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.IssuerRules;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is who: keys under {@code precordia.identity.}. */
public interface IdentityConfig {
  /** Issuer of patient identifiers that name none and whose source has none of its own. */
  Optional<String> defaultIssuer();

  /** Domains of patient identifiers. */
  List<Domain> domains();

  /** Issuers by source. */
  List<Source> sources();

  /**
   * Studies of one subject whose dates are at most this far apart, and that hold different
   * modalities, are shown as linked; whole days count, 0 links nothing.
   */
  @WithDefault("1D")
  Duration linkWindow();

  /** A domain with the names that it has in HL7 and DICOM. */
  interface Domain {
    /** Name here; also the HL7 namespace or DICOM issuer of that name. */
    String name();

    /** Other names and universal ids. */
    Optional<List<String>> aliases();
  }

  /** The issuer of one source's identifiers. */
  interface Source {
    /** HL7 sending application and facility as APPLICATION|FACILITY. */
    Optional<String> source();

    /** Or an AE title: calling us, or a peer that studies are fetched from. */
    Optional<String> aeTitle();

    /** Issuer of its patient identifiers that name none. */
    String issuer();
  }

  /**
   * The rules that these keys state.
   *
   * @throws io.precordia.error.PrecordiaException INVALID_CONFIGURATION
   */
  default IssuerRules rules() {
    Map<String, String> bySource = new HashMap<>();
    for (Source source : sources()) {
      if (source.source().isPresent() == source.aeTitle().isPresent()) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION,
            "precordia.identity.sources: each needs either source (HL7 APPLICATION|FACILITY) or ae-title");
      }
      bySource.put(
          source.source().orElseGet(() -> IssuerRules.ofAe(source.aeTitle().orElseThrow())),
          source.issuer());
    }
    return new IssuerRules(
        domains().stream()
            .map(d -> new IssuerRules.Domain(d.name(), d.aliases().orElse(List.of())))
            .toList(),
        bySource,
        defaultIssuer().orElse(null));
  }
}
