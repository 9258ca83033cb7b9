package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.Filter;
import io.precordia.query.SearchRequest;
import io.precordia.serve.adapters.AdapterMix;
import io.precordia.store.InstanceRecord;
import io.precordia.study.Modality;
import io.precordia.workspace.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The adapters of questions that name none, by what they are about: a kept instance, or the one
 * site or subject that a text search is restricted to. The first rule that fits counts.
 */
public record DefaultAdapters(List<Rule> rules) {
  /**
   * One rule; null restricts nothing.
   *
   * @param adapter as behind the {@code @} of an address
   */
  public record Rule(
      @Nullable String site,
      @Nullable String subject,
      @Nullable Modality modality,
      String adapter) {
    private boolean fits(
        @Nullable String ofSite,
        @Nullable String ofSubject,
        @Nullable Modality kind,
        UnaryOperator<String> surviving) {
      return (site == null || site.equals(ofSite))
          && (subject == null
              || (ofSubject != null && surviving.apply(subject).equals(surviving.apply(ofSubject))))
          && (modality == null || modality == kind);
    }
  }

  public DefaultAdapters {
    rules = List.copyOf(rules);
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION for a rule without a condition or with an
   *     adapter that is written wrongly
   */
  static DefaultAdapters of(PrecordiaConfig.Adapters config) {
    List<Rule> rules = new ArrayList<>();
    for (PrecordiaConfig.Adapters.Rule given : config.defaults()) {
      Rule rule =
          new Rule(
              given.site().orElse(null),
              given.subject().orElse(null),
              given.modality().orElse(null),
              given.adapter());
      String key = "precordia.adapters.defaults[" + rules.size() + "]";
      if (rule.site() == null && rule.subject() == null && rule.modality() == null) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION, key + " needs a site, subject or modality");
      }
      try {
        AdapterMix.parse(rule.adapter());
      } catch (PrecordiaException e) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION, key + ".adapter: " + e.getMessage(), e);
      }
      rules.add(rule);
    }
    return new DefaultAdapters(rules);
  }

  /** The adapter of a kept instance; null if no rule fits or there is no such instance. */
  public @Nullable String ofInstance(@Nullable String id, Records records) {
    if (rules.isEmpty() || id == null) {
      return null;
    }
    InstanceRecord record = records.find(id).orElse(null);
    return record == null
        ? null
        : first(record.identity().site(), record.subject(), record.modality(), records::surviving);
  }

  /** The adapter of a search by a kept instance, or by words in one site or subject. */
  public @Nullable String ofSearch(SearchRequest request, Records records) {
    if (request.instance() != null) {
      return ofInstance(request.instance(), records);
    }
    Filter filter = request.filter();
    return request.text() == null
        ? null
        : first(only(filter.sites()), only(filter.subjects()), Modality.REPORT, records::surviving);
  }

  private static @Nullable String only(Set<String> values) {
    return values.size() == 1 ? values.iterator().next() : null;
  }

  private @Nullable String first(
      @Nullable String site,
      @Nullable String subject,
      @Nullable Modality modality,
      UnaryOperator<String> surviving) {
    return rules.stream()
        .filter(r -> r.fits(site, subject, modality, surviving))
        .findFirst()
        .map(Rule::adapter)
        .orElse(null);
  }
}
