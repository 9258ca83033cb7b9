package io.precordia.ingest;

import io.precordia.dicom.AnnouncedCount;
import io.precordia.dicom.DicomDecoder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.Embedded;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.NewInstance;
import io.precordia.store.OpaqueIds;
import io.precordia.store.Store;
import io.precordia.study.Content;
import io.precordia.study.Decoded;
import io.precordia.study.Ecg;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.ObjectHeader;
import io.precordia.study.OrderNumbers;
import io.precordia.study.Pixels;
import io.precordia.study.Report;
import io.precordia.study.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes, embeds, keeps and indexes one batch of waiting submissions. Used by one thread. */
final class BatchProcessor implements AutoCloseable {
  /** Decoded numbers held at a time, 4 bytes each: a small file can decode to a large picture. */
  private static final long MAX_VALUES = 24L << 20;

  private final Store store;
  private final int parallel;
  private final DecodeRunner decodes;
  private final EncoderSource encoders;
  private final int batch;
  private final Searchable searchable;
  private final IssuerRules issuers;
  private final SubmissionCodec codec = new SubmissionCodec();

  BatchProcessor(
      Store store,
      FileDecoder decoder,
      EncoderSource encoders,
      Searchable searchable,
      IngestOptions options) {
    this.store = store;
    this.parallel = options.decoders();
    this.decodes = new DecodeRunner(decoder, options.decoders(), options.decodeTime());
    this.encoders = encoders;
    this.batch = options.batch();
    this.searchable = searchable;
    this.issuers = options.issuers();
  }

  /** A submission and its instance id. */
  record Item(String id, Submission submission) {}

  /**
   * When this returns every item is kept durably, embedded or flagged, and searchable if embedded.
   */
  void process(List<Item> items) {
    List<Item> open = new ArrayList<>();
    List<Decoded> decoded = new ArrayList<>();
    long values = 0;
    for (int from = 0; from < items.size(); from += parallel) {
      List<Item> part = items.subList(from, Math.min(items.size(), from + parallel));
      List<Decoded> made = decodes.decode(part.stream().map(Item::submission).toList());
      open.addAll(part);
      for (int i = 0; i < made.size(); i++) {
        decoded.add(identified(part.get(i).submission(), made.get(i)));
      }
      values += made.stream().mapToLong(BatchProcessor::values).sum();
      if (values > MAX_VALUES || from + parallel >= items.size()) {
        finish(open, decoded);
        open.clear();
        decoded.clear();
        values = 0;
      }
    }
  }

  // A decoder that ran out of time or memory says nothing of the object; its header does, so that
  // it
  // is found by its UIDs and erased with its patient.
  private static Decoded identified(Submission submission, Decoded decoded) {
    if (decoded.content() != null
        || decoded.dicom() != null
        || FileTypes.of(submission.parts()) != FileType.DICOM) {
      return decoded;
    }
    try {
      return DicomDecoder.undecoded(submission.parts().getFirst().bytes(), decoded.flags());
    } catch (RuntimeException | OutOfMemoryError e) {
      return decoded;
    }
  }

  private static long values(Decoded decoded) {
    return switch (decoded.content()) {
      case Pixels pixels -> pixels.values().length;
      case Ecg ecg -> 12L * ecg.samples();
      case null, default -> 0;
    };
  }

  private void finish(List<Item> items, List<Decoded> decoded) {
    List<Identity> identities = new ArrayList<>();
    @Nullable Flag[] refusals = new Flag[items.size()];
    Set<String> objects = new HashSet<>();
    ReportVersions versions = new ReportVersions(store.records());
    List<Integer> embeddable = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Identity identity =
          IdentityMerge.merge(items.get(i).submission().identity(), decoded.get(i).identity());
      identities.add(identity);
      String object = identity.object();
      Revision revision = decoded.get(i).revision();
      if (revision != null) {
        refusals[i] = versions.consider(i, object, revision, refusals);
        continue;
      }
      if (decoded.get(i).content() == null && decoded.get(i).dicom() == null) {
        continue;
      }
      if (object != null && (isKept(object) || !objects.add(object))) {
        refusals[i] =
            new Flag(
                ErrorCode.CONFLICT,
                "an object with the same identifier (SOP Instance UID) and other content is already kept");
      } else if (decoded.get(i).content() != null) {
        embeddable.add(i);
      }
    }
    for (int i = 0; i < items.size(); i++) {
      if (decoded.get(i).revision() != null
          && decoded.get(i).content() != null
          && refusals[i] == null) {
        embeddable.add(i);
      }
    }
    List<Content> contents = new ArrayList<>();
    for (int i : embeddable) {
      Content content = decoded.get(i).content();
      if (content != null) {
        contents.add(content);
      }
    }
    // A model may take another's place while this one works; then the new one does it again.
    boolean kept = false;
    while (!kept) {
      try (EncoderSource.Use use = encoders.use()) {
        kept =
            embedAndKeep(use, items, decoded, identities, refusals, embeddable, contents, versions);
      }
    }
  }

  private boolean isKept(String object) {
    return store.records().storedObject(object).isPresent()
        || store.records().dicom().contains(object);
  }

  private boolean embedAndKeep(
      EncoderSource.Use use,
      List<Item> items,
      List<Decoded> decoded,
      List<Identity> identities,
      @Nullable Flag[] known,
      List<Integer> embeddable,
      List<Content> contents,
      ReportVersions versions) {
    @Nullable Flag[] refusals = known.clone();
    List<ContentEmbedder.Result> results =
        new ContentEmbedder(use.encoder(), batch).embed(contents);
    String model = use.encoder().ref().sha256();
    Map<Integer, List<float[]>> vectors = new HashMap<>();
    for (int j = 0; j < results.size(); j++) {
      refusals[embeddable.get(j)] = results.get(j).flag();
      vectors.put(embeddable.get(j), results.get(j).vectors());
    }
    List<NewInstance> instances = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      instances.add(
          instance(
              items.get(i),
              decoded.get(i),
              identities.get(i),
              vectors.getOrDefault(i, List.of()),
              model,
              refusals[i]));
    }
    return keep(items, instances, use, versions);
  }

  /** Keeps a submission without decoding it, with the reason. */
  void flag(Item item, Flag reason) {
    Decoded none =
        identified(
            item.submission(),
            new Decoded(FileType.UNKNOWN.id(), Identity.UNKNOWN, null, List.of(reason)));
    Identity identity = IdentityMerge.merge(item.submission().identity(), none.identity());
    keep(
        List.of(item),
        List.of(instance(item, none, identity, List.of(), "", null)),
        null,
        new ReportVersions(store.records()));
  }

  private void announce(NewInstance instance) {
    ObjectHeader header = instance.dicom();
    if (header != null) {
      AnnouncedCount.of(header)
          .ifPresent(count -> store.completions().announced(instance.study(), count));
    }
  }

  /** False, with nothing kept, if the vectors are of a model that is no longer searched. */
  private boolean keep(
      List<Item> items,
      List<NewInstance> instances,
      EncoderSource.@Nullable Use use,
      ReportVersions versions) {
    Map<String, Submission> submissions = new HashMap<>();
    items.forEach(item -> submissions.put(item.id(), item.submission()));
    // Records and index change together: an erasure comes wholly before or wholly after.
    return store.exclusively(
        () -> {
          if (use != null && !use.current()) {
            return false;
          }
          searchable.remove(versions.flag());
          List<String> inserted = store.keep(instances, id -> content(submissions.get(id)));
          List<Embedded> found = new ArrayList<>();
          List<NewInstance> fresh =
              instances.stream().filter(i -> inserted.contains(i.id())).toList();
          fresh.forEach(this::announce);
          Set<String> moved = store.joins().arrived(fresh);
          for (NewInstance instance : instances) {
            if (instance.status() == InstanceStatus.STORED && inserted.contains(instance.id())) {
              store
                  .records()
                  .instance(instance.id())
                  .ifPresent(record -> found.add(new Embedded(record, instance.vectors())));
            }
          }
          searchable.add(found);
          moved.forEach(searchable::moved);
          return true;
        });
  }

  private byte[] content(@Nullable Submission submission) {
    if (submission == null) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL, "an instance was kept that is not of its batch");
    }
    return codec.encode(submission);
  }

  private NewInstance instance(
      Item item,
      Decoded decoded,
      Identity identity,
      List<float[]> vectors,
      String model,
      @Nullable Flag refusal) {
    OpaqueIds ids = store.ids();
    String named = identity.subject();
    String study = identity.study();
    String subject =
        named != null
            ? ids.subject(issuers.canonical(named, identity.source()))
            : study != null ? ids.subjectOfStudy(study) : ids.subjectOfInstance(item.id());
    List<Flag> flags = new ArrayList<>(decoded.flags());
    if (refusal != null) {
      flags.addFirst(refusal);
    }
    Content content = decoded.content();
    boolean stored = !vectors.isEmpty();
    return new NewInstance(
        item.id(),
        study != null ? ids.study(subject, study) : ids.studyOfInstance(item.id()),
        subject,
        stored ? InstanceStatus.STORED : InstanceStatus.FLAGGED,
        content == null ? null : content.modality(),
        decoded.format(),
        identity,
        content instanceof Report report ? report.text() : null,
        flags,
        item.submission().parts().stream().map(Part::name).toList(),
        item.submission().parts().stream().mapToLong(p -> p.bytes().length).sum(),
        vectors,
        stored ? model : null,
        decoded.dicom(),
        numbers(item.submission(), decoded),
        decoded.identifiers());
  }

  // A study that the sender names beside a report is a Study Instance UID or an accession number.
  private static OrderNumbers numbers(Submission submission, Decoded decoded) {
    String given = submission.identity().study();
    return given != null && decoded.content() instanceof Report
        ? decoded.numbers().withAccession(given)
        : decoded.numbers();
  }

  /** Does for a kept instance what a crash may have cut off behind its keeping. */
  void resume(String id) {
    boolean unused =
        store.exclusively(
            () -> {
              InstanceRecord record = store.records().instance(id).orElse(null);
              if (record == null || !store.joins().align(record.subject())) {
                return false;
              }
              searchable.moved(record.subject());
              return true;
            });
  }

  @Override
  public void close() {
    decodes.close();
  }
}
