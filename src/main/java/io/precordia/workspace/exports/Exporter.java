package io.precordia.workspace.exports;

import io.precordia.dicom.deid.DeidentificationProfile;
import io.precordia.dicom.deid.Deidentified;
import io.precordia.dicom.deid.DicomDeidentifier;
import io.precordia.dicom.deid.SubjectSecret;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import io.precordia.store.InstanceRecord;
import io.precordia.study.Modality;
import io.precordia.workspace.Records;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of kept instances, as they came or de-identified. Replacements and date shifts hang on
 * a key of the store and on the surviving subject, so that they are the same in every export of
 * this store. Thread-safe.
 */
public final class Exporter {
  private static final String DICOM = "dicom";
  private static final Map<String, String> EXTENSIONS =
      Map.of("dicom", ".dcm", "png", ".png", "jpeg", ".jpg", "hl7", ".hl7", "text", ".txt");

  private final Records records;
  private final DeidentificationProfiles profiles;
  private final SubjectSecret secret;
  private final SharedTexts texts;
  private final Map<DeidentificationProfile, DicomDeidentifier> deidentifiers =
      new ConcurrentHashMap<>();

  /**
   * @param secret key of the store
   */
  public Exporter(Records records, DeidentificationProfiles profiles, SubjectSecret secret) {
    this.records = records;
    this.profiles = profiles;
    this.secret = secret;
    this.texts = new SharedTexts(records);
  }

  /**
   * Files of one instance.
   *
   * @param profile name of a de-identification profile, or null for the bytes as they came
   * @throws PrecordiaException NOT_DEIDENTIFIABLE, INVALID_ARGUMENT for an unknown profile,
   *     CORRUPT_STORE
   */
  public List<ExportedFile> files(InstanceRecord instance, @Nullable String profile) {
    if (profile == null) {
      return asTheyCame(instance);
    }
    DeidentificationProfile options = profiles.of(profile);
    if (!instance.format().equals(DICOM)) {
      return List.of(report(instance));
    }
    DicomDeidentifier deidentifier =
        deidentifiers.computeIfAbsent(options, o -> new DicomDeidentifier(o, secret));
    List<ExportedFile> out = new ArrayList<>();
    for (Part part : records.files(instance.id())) {
      Deidentified made =
          deidentifier.deidentify(part.bytes(), records.surviving(instance.subject()));
      out.add(
          new ExportedFile(safe(made.sopInstanceUid()) + ".dcm", "application/dicom", made.file()));
    }
    return out;
  }

  private List<ExportedFile> asTheyCame(InstanceRecord instance) {
    List<Part> parts = records.files(instance.id());
    List<ExportedFile> out = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String number = parts.size() > 1 ? "-" + (i + 1) : "";
      out.add(
          new ExportedFile(
              instance.id() + number + extension(instance, parts.get(i)),
              instance.format().equals(DICOM) ? "application/dicom" : "application/octet-stream",
              parts.get(i).bytes()));
    }
    return out;
  }

  // A sender's ending is kept only where it is one: names may be names of patients.
  private static String extension(InstanceRecord instance, Part part) {
    String known = EXTENSIONS.get(instance.format());
    int dot = part.name().lastIndexOf('.');
    String own = dot < 0 ? "" : part.name().substring(dot);
    return known != null ? known : own.matches("\\.[A-Za-z0-9]{2,4}") ? own : ".bin";
  }

  private ExportedFile report(InstanceRecord instance) {
    String text = instance.text();
    if (instance.modality() != Modality.REPORT || text == null) {
      throw new PrecordiaException(
          ErrorCode.NOT_DEIDENTIFIABLE,
          "only DICOM objects and texts of reports are de-identified; this file is of another format");
    }
    return new ExportedFile(
        "report-" + safe(secret.uid(instance.id())) + ".txt",
        "text/plain;charset=UTF-8",
        texts.of(instance, text).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The words of a report for shared views.
   *
   * @throws PrecordiaException NOT_FOUND if the instance is no report
   */
  public String sharedText(InstanceRecord instance) {
    String text = instance.text();
    if (text == null) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "this instance is no report");
    }
    return texts.of(instance, text);
  }

  private static String safe(String uid) {
    return uid.replaceAll("[^0-9A-Za-z.]", "_");
  }
}
