package io.precordia.workspace.catalogue;

import io.precordia.dicom.MergedPatient;
import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryKey;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.Related;
import io.precordia.dicom.query.ValueMatch;
import io.precordia.workspace.catalogue.Node.ImageNode;
import io.precordia.workspace.catalogue.Node.SeriesNode;
import io.precordia.workspace.catalogue.Node.StudyNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A query against the tree, as far as the attributes in memory tell. A key of a lower level
 * restricts a higher one to what contains a match (relational query, PS3.4 C.4.1.2.2.1).
 */
final class TreeQuery {
  private static final Related NOT_COUNTED = new Related(0, 0, 0, List.of(), List.of());
  private final QueryLevel level;
  private final List<Test> study = new ArrayList<>();
  private final List<Test> identifier = new ArrayList<>();
  private final @Nullable String asked;
  private final List<Test> series = new ArrayList<>();
  private final List<Test> image = new ArrayList<>();
  private final List<ValueMatch> modalities = new ArrayList<>();
  private final List<ValueMatch> classes = new ArrayList<>();
  private final List<QueryKey> others = new ArrayList<>();

  private final int from;
  private final long to;
  private int count;

  private record Test(int column, ValueMatch match) {}

  /** What the tree gives: the object that stands for a match, and its relations. */
  record Found(String instance, Related related, @Nullable MergedPatient patient) {}

  /**
   * @param asked the surviving subject that the key's patient identifier stands for; null if it
   *     stands for none
   */
  TreeQuery(DicomQuery query, @Nullable String asked) {
    this.asked = asked;
    this.level = query.level();
    this.from = query.offset();
    this.to = (long) query.offset() + query.limit();
    for (QueryKey key : query.keys()) {
      if (!key.isUniversal() && !isCount(key.tag())) {
        add(key, query.fuzzy());
      }
    }
  }

  /** Keys that only whole headers can answer. */
  List<QueryKey> others() {
    return others;
  }

  private void add(QueryKey key, boolean fuzzy) {
    if (!key.item().isEmpty()) {
      others.add(key);
      return;
    }
    ValueMatch match = ValueMatch.of(key.vr(), key.value(), fuzzy);
    if (key.tag() == Columns.MODALITIES_IN_STUDY) {
      modalities.add(match);
    } else if (key.tag() == Columns.SOP_CLASSES_IN_STUDY) {
      classes.add(match);
    } else if (key.tag() == Columns.PATIENT_ID || key.tag() == Columns.ISSUER) {
      identifier.add(new Test(Columns.STUDY.indexOf(key.tag()), match));
    } else if (Columns.STUDY.indexOf(key.tag()) >= 0) {
      study.add(new Test(Columns.STUDY.indexOf(key.tag()), match));
    } else if (Columns.SERIES.indexOf(key.tag()) >= 0) {
      series.add(new Test(Columns.SERIES.indexOf(key.tag()), match));
    } else if (Columns.IMAGE.indexOf(key.tag()) >= 0) {
      image.add(new Test(Columns.IMAGE.indexOf(key.tag()), match));
    } else {
      others.add(key);
    }
  }

  // Number of Patient Related Studies ... Study Related Instances: answered, never matched.
  private static boolean isCount(int tag) {
    return tag >= 0x00201200 && tag <= 0x00201209;
  }

  /**
   * Tells of every match among the studies of one patient; relations are counted for the page asked
   * for only.
   */
  void run(Collection<StudyNode> studies, Consumer<Found> found) {
    if (level == QueryLevel.PATIENT) {
      studies.stream()
          .filter(s -> matches(s) && hasSeries(s))
          .findFirst()
          .ifPresent(s -> tell(new Found(first(s), related(studies), s.merged()), found));
      return;
    }
    for (StudyNode node : studies) {
      if (!matches(node)) {
        continue;
      }
      if (level == QueryLevel.STUDY) {
        if (hasSeries(node)) {
          tell(new Found(first(node), related(List.of(node)), node.merged()), found);
        }
      } else {
        series(node, found);
      }
    }
  }

  /** Whether what still comes is needed for the page, not only counted. */
  boolean wantsMore() {
    return !others.isEmpty() || count <= to;
  }

  private void tell(Found one, Consumer<Found> found) {
    count++;
    found.accept(one);
  }

  private void series(StudyNode node, Consumer<Found> found) {
    for (SeriesNode s : node.series().values()) {
      if (!passes(series, s)) {
        continue;
      }
      if (level == QueryLevel.SERIES) {
        if (hasImage(s)) {
          ImageNode first = s.images().values().iterator().next();
          tell(
              new Found(
                  first.instance(),
                  new Related(1, 1, s.images().size(), List.of(), List.of()),
                  node.merged()),
              found);
        }
        continue;
      }
      for (ImageNode i : s.images().values()) {
        if (passes(image, i)) {
          tell(
              new Found(i.instance(), new Related(1, 1, 1, List.of(), List.of()), node.merged()),
              found);
        }
      }
    }
  }

  private boolean matches(StudyNode node) {
    return identified(node)
        && passes(study, node)
        && all(modalities, node, false)
        && all(classes, node, true);
  }

  /** By the identifier that the objects name, the surviving one, or one that was merged into it. */
  private boolean identified(StudyNode node) {
    if (passes(identifier, node) || node.subject().equals(asked)) {
      return true;
    }
    MergedPatient merged = node.merged();
    return merged != null
        && merged.formerIds().stream()
            .anyMatch(
                id ->
                    identifier.stream()
                        .allMatch(
                            test ->
                                test.match()
                                    .matches(
                                        test.column() == Columns.STUDY.indexOf(Columns.ISSUER)
                                            ? id.namespace()
                                            : id.id())));
  }

  private boolean hasSeries(StudyNode node) {
    return (series.isEmpty() && image.isEmpty())
        || node.series().values().stream().anyMatch(s -> passes(series, s) && hasImage(s));
  }

  private boolean hasImage(SeriesNode node) {
    return image.isEmpty() || node.images().values().stream().anyMatch(i -> passes(image, i));
  }

  private static boolean passes(List<Test> tests, Node node) {
    for (Test test : tests) {
      if (!test.match().matches(node.values()[test.column()])) {
        return false;
      }
    }
    return true;
  }

  private static boolean all(List<ValueMatch> asked, StudyNode node, boolean ofClasses) {
    return asked.isEmpty()
        || asked.stream()
            .allMatch(
                m -> (ofClasses ? classes(node) : modalities(node)).stream().anyMatch(m::matches));
  }

  private static TreeSet<String> modalities(StudyNode node) {
    TreeSet<String> out = new TreeSet<>();
    node.series()
        .values()
        .forEach(s -> out.add(s.values()[Columns.SERIES.indexOf(Columns.MODALITY)]));
    out.remove("");
    return out;
  }

  private static TreeSet<String> classes(StudyNode node) {
    TreeSet<String> out = new TreeSet<>();
    node.series()
        .values()
        .forEach(
            s ->
                s.images()
                    .values()
                    .forEach(i -> out.add(i.values()[Columns.IMAGE.indexOf(Columns.SOP_CLASS)])));
    out.remove("");
    return out;
  }

  private static String first(StudyNode node) {
    return node.series().values().iterator().next().images().values().iterator().next().instance();
  }

  private Related related(Collection<StudyNode> studies) {
    return others.isEmpty() && (count < from || count >= to) ? NOT_COUNTED : relatedOf(studies);
  }

  private static Related relatedOf(Collection<StudyNode> studies) {
    int seriesCount = 0;
    int images = 0;
    TreeSet<String> mods = new TreeSet<>();
    TreeSet<String> sops = new TreeSet<>();
    for (StudyNode node : studies) {
      seriesCount += node.series().size();
      images += node.series().values().stream().mapToInt(s -> s.images().size()).sum();
      mods.addAll(modalities(node));
      sops.addAll(classes(node));
    }
    return new Related(studies.size(), seriesCount, images, List.copyOf(mods), List.copyOf(sops));
  }
}
