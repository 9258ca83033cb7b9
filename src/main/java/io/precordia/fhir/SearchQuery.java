package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A search as it was understood.
 *
 * @param ids wanted ids, empty for all
 * @param patients wanted patients: reference values of patient or subject; empty for all
 * @param patientIdentifiers wanted patients by identifier; empty for all
 * @param identified values of the first identifier parameter, with their systems; any may hold
 * @param conditions all must hold
 * @param sort by what the results are sorted; empty for the order of storing
 * @param includes names of {@link ResourceKind#includes()}
 * @param used parameters that were understood, for the self link
 * @param ignored names of parameters that are unknown here
 */
record SearchQuery(
    List<String> ids,
    List<String> patients,
    List<String> patientIdentifiers,
    List<String> identified,
    List<Predicate<Resource>> conditions,
    List<Sort> sort,
    List<String> includes,
    int count,
    Cursor cursor,
    boolean countOnly,
    List<Map.Entry<String, String>> used,
    List<String> ignored) {
  static final int DEFAULT_COUNT = 50;
  static final int MOST = 500;
  static final String PAGE = "_page";
  private static final Set<String> FRAMING =
      Set.of("_format", "_pretty", "_summary", "_count", PAGE, "_total");

  /** One key of sorting. */
  record Sort(Function<Resource, List<DateRange>> times, boolean descending)
      implements Comparator<Resource> {
    @Override
    public int compare(Resource a, Resource b) {
      Optional<Instant> left = start(a);
      Optional<Instant> right = start(b);
      if (left.isEmpty() || right.isEmpty()) { // without a time comes last
        return Boolean.compare(left.isEmpty(), right.isEmpty());
      }
      int order = left.get().compareTo(right.get());
      return descending ? -order : order;
    }

    private Optional<Instant> start(Resource resource) {
      return times.apply(resource).stream().map(DateRange::start).min(Instant::compareTo);
    }
  }

  /** The next place of a walk: the instance's sequence, and how many of its resources are done. */
  record Cursor(long sequence, int done) {
    static final Cursor START = new Cursor(0, 0);

    static Cursor parse(String text) {
      if (!text.matches("[0-9]{1,18}\\.[0-9]{1,6}")) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT, PAGE + " must be taken from a next link");
      }
      int dot = text.indexOf('.');
      return new Cursor(
          Long.parseLong(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public String toString() {
      return sequence + "." + done;
    }
  }

  /**
   * Reads the parameters.
   *
   * @throws PrecordiaException INVALID_ARGUMENT for values and modifiers that are not understood,
   *     INVALID_REQUEST for unknown parameters where the client wants strict handling
   */
  static SearchQuery of(ResourceKind kind, FhirRequest request) {
    List<String> ids = new ArrayList<>();
    List<String> patients = new ArrayList<>();
    List<String> identifiers = new ArrayList<>();
    List<String> identified = new ArrayList<>();
    List<Predicate<Resource>> conditions = new ArrayList<>();
    List<Sort> sort = new ArrayList<>();
    List<String> includes = new ArrayList<>();
    List<Map.Entry<String, String>> used = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (Map.Entry<String, List<String>> given : request.query().entrySet()) {
      for (String value : given.getValue()) {
        String name = modifierChecked(given.getKey());
        if (value.isEmpty() || FRAMING.contains(name)) {
          continue;
        }
        boolean known = true;
        switch (name) {
          case "_sort" -> alternatives(value).forEach(key -> sort.add(sort(kind, key)));
          case "_include" -> includes.add(include(kind, value));
          case "_id" -> ids.addAll(alternatives(value));
          case "patient", "subject" -> {
            known = kind.ofPatient();
            patients.addAll(known ? alternatives(value) : List.of());
          }
          case "patient.identifier", "subject.identifier" -> {
            known = kind.ofPatient();
            identifiers.addAll(known ? alternatives(value) : List.of());
          }
          default -> {
            known = condition(kind, name, value, conditions);
            if (known && name.equals("identifier") && identified.isEmpty()) {
              identified.addAll(alternatives(value));
            }
          }
        }
        if (known) {
          used.add(Map.entry(given.getKey(), value));
        } else {
          ignored.add(name.matches("[A-Za-z0-9_.-]{1,40}") ? name : "(not shown)");
        }
      }
    }
    if (!ignored.isEmpty() && request.preference("handling").equals("strict")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "unknown search parameters: "
              + String.join(", ", ignored)
              + "; /fhir/metadata lists those of each type");
    }
    String page = request.parameter(PAGE);
    int count = count(request.parameter("_count"));
    return new SearchQuery(
        ids,
        patients,
        identifiers,
        identified,
        conditions,
        sort,
        includes,
        count,
        page == null ? Cursor.START : Cursor.parse(page),
        count == 0 || "count".equals(request.parameter("_summary")),
        used,
        ignored);
  }

  /** The same search from another place. */
  SearchQuery from(Cursor place) {
    return new SearchQuery(
        ids,
        patients,
        patientIdentifiers,
        identified,
        conditions,
        sort,
        includes,
        count,
        place,
        countOnly,
        used,
        ignored);
  }

  private static Sort sort(ResourceKind kind, String key) {
    boolean descending = key.startsWith("-");
    String name = descending ? key.substring(1) : key;
    for (SearchParam parameter : parameters(kind)) {
      Function<Resource, List<DateRange>> times = parameter.times();
      if (parameter.name().equals(name) && times != null) {
        return new Sort(times, descending);
      }
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT,
        "_sort takes "
            + parameters(kind).stream()
                .filter(p -> p.times() != null)
                .map(SearchParam::name)
                .collect(Collectors.joining(", "))
            + ", with a minus for the newest first");
  }

  private static String include(ResourceKind kind, String value) {
    String[] parts = value.split(":", 3);
    if (parts.length >= 2
        && parts[0].equals(kind.type())
        && kind.includes().containsKey(parts[1])) {
      return parts[1];
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT,
        "_include here takes "
            + (kind.includes().isEmpty()
                ? "nothing"
                : kind.includes().keySet().stream()
                    .sorted()
                    .map(name -> kind.type() + ":" + name)
                    .collect(Collectors.joining(", "))));
  }

  private static boolean condition(
      ResourceKind kind, String name, String value, List<Predicate<Resource>> conditions) {
    for (SearchParam parameter : parameters(kind)) {
      if (parameter.name().equals(name)) {
        conditions.add(
            alternatives(value).stream()
                .map(parameter.test())
                .reduce(Predicate::or)
                .orElse(resource -> true));
        return true;
      }
    }
    return false;
  }

  /** The parameters of a kind with those that every kind has. */
  static List<SearchParam> parameters(ResourceKind kind) {
    List<SearchParam> all = new ArrayList<>(kind.parameters());
    all.add(
        Match.date(
            "_lastUpdated",
            "When it changed last",
            Resource.class,
            r ->
                r.getMeta().hasLastUpdated()
                    ? List.of(
                        new DateRange(
                            r.getMeta().getLastUpdated().toInstant(),
                            r.getMeta().getLastUpdated().toInstant().plusMillis(1)))
                    : List.of()));
    return all;
  }

  // subject:Patient says what is so anyway; any other modifier would change the meaning.
  private static String modifierChecked(String name) {
    int colon = name.indexOf(':');
    if (colon < 0) {
      return name;
    }
    if (name.equals("subject:Patient") || name.equals("patient:Patient")) {
      return name.substring(0, colon);
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT, "modifiers of search parameters are not supported here");
  }

  private static List<String> alternatives(String value) {
    List<String> values = new ArrayList<>();
    StringBuilder one = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        one.append(value.charAt(++i));
      } else if (c == ',') {
        values.add(one.toString());
        one.setLength(0);
      } else {
        one.append(c);
      }
    }
    values.add(one.toString());
    values.removeIf(String::isBlank);
    return values;
  }

  private static int count(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return DEFAULT_COUNT;
    }
    if (!text.strip().matches("[0-9]{1,9}")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "_count must be a number, 0 or greater");
    }
    return Math.min(MOST, Integer.parseInt(text.strip()));
  }
}
