package io.precordia.train.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The closed list of facts that training and zero-shot evaluation know. Immutable. */
public final class FactVocabulary {
  private static final String RESOURCE = "facts.yaml";

  private final List<Fact> facts;
  private final Map<String, Fact> byId = new LinkedHashMap<>();
  private final Map<String, Fact> byCode = new LinkedHashMap<>();
  private final Map<String, Fact> superclasses = new LinkedHashMap<>();

  private FactVocabulary(List<Fact> facts, Map<String, String> superclasses) {
    this.facts = List.copyOf(facts);
    for (Fact fact : facts) {
      byId.put(fact.id(), fact);
      fact.codes().forEach(code -> byCode.put(code, fact));
    }
    superclasses.forEach((code, id) -> this.superclasses.put(code, get(id)));
    facts.forEach(fact -> fact.parents().forEach(this::get));
  }

  private record Entry(
      String id,
      boolean normal,
      @Nullable List<String> phrases,
      @Nullable List<String> denials,
      @Nullable List<String> codes,
      @Nullable List<String> parents) {}

  private record Document(List<Entry> xray, List<Entry> ecg, Map<String, String> superclasses) {}

  /** The vocabulary that ships with this program. */
  public static FactVocabulary standard() {
    ObjectMapper yaml =
        YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
    try (InputStream in = FactVocabulary.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new PrecordiaException(ErrorCode.INTERNAL, RESOURCE + " is not on the class path");
      }
      Document document = yaml.readValue(in, Document.class);
      List<Fact> all = new ArrayList<>();
      document.xray().forEach(e -> all.add(fact(all.size(), Modality.XRAY, e)));
      document.ecg().forEach(e -> all.add(fact(all.size(), Modality.ECG, e)));
      return new FactVocabulary(all, document.superclasses());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fact fact(int index, Modality modality, Entry e) {
    return new Fact(
        index,
        e.id(),
        modality,
        e.normal(),
        orEmpty(e.phrases()),
        orEmpty(e.denials()),
        orEmpty(e.codes()),
        orEmpty(e.parents()));
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }

  /** Every fact, radiographs first, in index order. */
  public List<Fact> all() {
    return facts;
  }

  public List<Fact> of(Modality modality) {
    return facts.stream().filter(f -> f.modality() == modality).toList();
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT for an unknown id
   */
  public Fact get(String id) {
    Fact fact = byId.get(id);
    if (fact == null) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "there is no label " + id);
    }
    return fact;
  }

  /** The fact of a PTB-XL code or subclass, null if none is kept for it. */
  public @Nullable Fact byCode(String code) {
    return byCode.get(code);
  }

  /** PTB-XL superclass name to fact. */
  public Map<String, Fact> superclasses() {
    return Collections.unmodifiableMap(superclasses);
  }

  /** Indices of the given facts. */
  public static BitSet bits(Collection<Fact> some) {
    BitSet bits = new BitSet();
    some.forEach(f -> bits.set(f.index()));
    return bits;
  }
}
