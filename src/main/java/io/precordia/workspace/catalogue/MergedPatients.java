package io.precordia.workspace.catalogue;

import io.precordia.dicom.MergedPatient;
import io.precordia.store.MergedGroup;
import io.precordia.store.Patients;
import io.precordia.store.Subjects;
import io.precordia.study.PatientDemographics;
import io.precordia.study.PatientId;
import io.precordia.workspace.catalogue.Node.ImageNode;
import io.precordia.workspace.catalogue.Node.SeriesNode;
import io.precordia.workspace.catalogue.Node.StudyNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Patients that were merged, as one patient with all their studies. A surviving patient is who the
 * message of the merge says, else who its own objects say; if neither is there, the objects keep
 * the patient they name. Thread-safe.
 */
final class MergedPatients {
  /** Where studies are found. */
  interface Tree {
    /** The studies of a subject; empty if nothing came under it. */
    Collection<StudyNode> studies(String subject);
  }

  private final Subjects subjects;
  private final Patients patients;

  MergedPatients(Subjects subjects, Patients patients) {
    this.subjects = subjects;
    this.patients = patients;
  }

  /** The group of merged patients that a subject belongs to; null if it was not merged. */
  @Nullable MergedGroup group(String subject) {
    Map<String, MergedGroup> groups = subjects.groups();
    return groups.isEmpty() ? null : groups.get(subjects.surviving(subject));
  }

  /** Every subject that was merged with another. */
  Set<String> merged() {
    Set<String> out = new LinkedHashSet<>();
    subjects.groups().values().forEach(group -> out.addAll(group.members()));
    return out;
  }

  /** The studies of a group as those of one patient. */
  Collection<StudyNode> joined(Tree tree, String subject, MergedGroup group) {
    return joinedStudies(tree, subjects.surviving(subject), group);
  }

  /** Whom the objects of a subject belong to; null if no merge changed that. */
  @Nullable MergedPatient patient(Tree tree, String subject) {
    String survivor = subjects.surviving(subject);
    MergedGroup group = subjects.groups().get(survivor);
    return group == null ? null : patient(tree, survivor, group);
  }

  private Collection<StudyNode> joinedStudies(Tree tree, String survivor, MergedGroup group) {
    MergedPatient patient = patient(tree, survivor, group);
    Map<String, StudyNode> studies = new LinkedHashMap<>();
    for (String member : group.members()) {
      for (StudyNode study : tree.studies(member)) {
        String uid = study.values()[Columns.STUDY.indexOf(Columns.STUDY_UID)];
        StudyNode now =
            patient == null
                ? new StudyNode(survivor, study.values(), study.series(), null)
                : new StudyNode(
                    survivor, coerced(study.values(), patient), study.series(), patient);
        studies.merge(uid, now, MergedPatients::joined);
      }
    }
    return studies.values();
  }

  private static StudyNode joined(StudyNode one, StudyNode other) {
    Map<String, SeriesNode> series = new LinkedHashMap<>(one.series());
    other.series().forEach((uid, s) -> series.merge(uid, s, MergedPatients::joined));
    return new StudyNode(one.subject(), one.values(), series, one.merged());
  }

  private static SeriesNode joined(SeriesNode one, SeriesNode other) {
    Map<String, ImageNode> images = new LinkedHashMap<>(one.images());
    other.images().forEach((uid, i) -> images.merge(uid, i, ImageNode::first));
    return new SeriesNode(one.values(), images);
  }

  private static String[] coerced(String[] values, MergedPatient merged) {
    PatientDemographics patient = merged.patient();
    String[] out = values.clone();
    out[Columns.STUDY.indexOf(Columns.PATIENT_ID)] = patient.id().id();
    out[Columns.STUDY.indexOf(Columns.ISSUER)] = patient.id().namespace();
    out[Columns.STUDY.indexOf(Columns.NAME)] = patient.name();
    out[Columns.STUDY.indexOf(Columns.BIRTH_DATE)] = patient.birthDate();
    out[Columns.STUDY.indexOf(Columns.SEX)] = patient.sex();
    return out;
  }

  private @Nullable MergedPatient patient(Tree tree, String survivor, MergedGroup group) {
    @Nullable StudyNode own = null;
    Set<PatientId> ids = new LinkedHashSet<>();
    for (String member : group.members()) {
      for (StudyNode study : tree.studies(member)) {
        PatientId id = id(study);
        if (!id.id().isEmpty()) {
          ids.add(id);
          own = member.equals(survivor) ? study : own; // the one that came last
        }
      }
    }
    PatientDemographics told = patients.of(survivor).orElse(null);
    PatientDemographics patient;
    if (own == null) {
      if (told == null) {
        return null;
      }
      patient = told;
    } else {
      PatientDemographics shown = demographics(own);
      patient = told == null ? shown : completed(told, shown);
    }
    ids.remove(patient.id());
    return new MergedPatient(patient, List.copyOf(ids), group.since());
  }

  private static PatientDemographics completed(PatientDemographics told, PatientDemographics own) {
    return new PatientDemographics(
        own.id(), // the same patient, in the way in which DICOM writes its issuer here
        told.name().isEmpty() ? own.name() : told.name(),
        told.birthDate().isEmpty() ? own.birthDate() : told.birthDate(),
        told.sex().isEmpty() ? own.sex() : told.sex());
  }

  private static PatientDemographics demographics(StudyNode study) {
    return new PatientDemographics(
        id(study),
        value(study, Columns.NAME),
        value(study, Columns.BIRTH_DATE),
        value(study, Columns.SEX));
  }

  private static PatientId id(StudyNode study) {
    return new PatientId(value(study, Columns.PATIENT_ID), value(study, Columns.ISSUER), "", "");
  }

  private static String value(StudyNode study, int tag) {
    return study.values()[Columns.STUDY.indexOf(tag)];
  }
}
