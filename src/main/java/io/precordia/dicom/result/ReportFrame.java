package io.precordia.dicom.result;

import io.precordia.dicom.OwnEquipment;
import io.precordia.dicom.write.DerivedUid;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * What both reports have around their findings: document modules, evidence, and the head of TID
 * 1500 with language (TID 1204), device observer (TID 1001, 1004) and procedure.
 */
final class ReportFrame {
  static final Code MEASUREMENT_REPORT = Code.dcm("126000", "Imaging Measurement Report");
  private static final String COMPREHENSIVE_3D_SR = "1.2.840.10008.5.1.4.1.1.88.34";
  static final String CONTAINS = "CONTAINS";
  static final String MOD = "HAS CONCEPT MOD";
  static final String CONTEXT = "HAS OBS CONTEXT";

  private final ResultHeader header;
  private final Attributes dataset;
  private final ContentItems root;
  private final FindingConcepts concepts = new FindingConcepts();

  /**
   * @param title document title; with (126000, DCM) the document says that it follows TID 1500
   */
  ReportFrame(ResultHeader header, String series, Code title, Code procedure) {
    this.header = header;
    this.dataset = header.start(COMPREHENSIVE_3D_SR, "SR", series, 1);
    document(title);
    this.root = new ContentItems(dataset);
    root.code(
        MOD,
        Code.dcm("121049", "Language of Content Item and Descendants"),
        new Code("en", "RFC5646", "English"));
    observer();
    root.code(MOD, Code.dcm("121058", "Procedure reported"), procedure);
  }

  private void document(Code title) {
    dataset.newSequence(Tag.ReferencedPerformedProcedureStepSequence, 0);
    dataset.newSequence(Tag.PerformedProcedureCodeSequence, 0);
    dataset.setString(Tag.CompletionFlag, VR.CS, "COMPLETE");
    dataset.setString(Tag.VerificationFlag, VR.CS, "UNVERIFIED");
    dataset.setString(Tag.PreliminaryFlag, VR.CS, "PRELIMINARY");
    Attributes study = new Attributes();
    study.setString(Tag.StudyInstanceUID, VR.UI, header.source().studyUid());
    Attributes series = new Attributes();
    series.newSequence(Tag.ReferencedSOPSequence, 1).add(header.sourceReference());
    series.setString(Tag.SeriesInstanceUID, VR.UI, header.source().seriesUid());
    study.newSequence(Tag.ReferencedSeriesSequence, 1).add(series);
    dataset.newSequence(Tag.CurrentRequestedProcedureEvidenceSequence, 1).add(study);
    dataset.setString(Tag.ValueType, VR.CS, "CONTAINER");
    dataset.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
    title.into(dataset, Tag.ConceptNameCodeSequence);
    if (title.equals(MEASUREMENT_REPORT)) {
      Attributes template = new Attributes();
      template.setString(Tag.MappingResource, VR.CS, "DCMR");
      template.setString(Tag.TemplateIdentifier, VR.CS, "1500");
      dataset.newSequence(Tag.ContentTemplateSequence, 1).add(template);
    }
  }

  private void observer() {
    root.code(CONTEXT, Code.dcm("121005", "Observer Type"), Code.dcm("121007", "Device"));
    root.uid(
        CONTEXT,
        Code.dcm("121012", "Device Observer UID"),
        DerivedUid.of(
            "precordia-device/"
                + header.analysis().model().sha256()
                + "/"
                + header.analysis().software()));
    root.text(CONTEXT, Code.dcm("121013", "Device Observer Name"), OwnEquipment.MODEL_NAME);
    root.text(
        CONTEXT, Code.dcm("121014", "Device Observer Manufacturer"), OwnEquipment.MANUFACTURER);
    root.text(CONTEXT, Code.dcm("121015", "Device Observer Model Name"), header.modelVersion());
    root.text(
        CONTEXT, Code.dcm("121016", "Device Observer Serial Number"), header.analysis().digest());
  }

  ContentItems root() {
    return root;
  }

  /** The head of a measurement group for one finding (TID 1501): tracking ids and the finding. */
  ContentItems group(ContentItems measurements, Finding finding) {
    ContentItems group = measurements.container(CONTAINS, Code.dcm("125007", "Measurement Group"));
    group.text(CONTEXT, Code.dcm("112039", "Tracking Identifier"), finding.fact());
    group.uid(
        CONTEXT,
        Code.dcm("112040", "Tracking Unique Identifier"),
        header.trackingUid(finding.fact()));
    group.code(CONTAINS, Code.dcm("121071", "Finding"), concepts.of(finding.fact()));
    return group;
  }

  /** Algorithm identification (TID 4019). */
  void algorithm(ContentItems group) {
    Analysis analysis = header.analysis();
    group.text(
        MOD,
        Code.dcm("111001", "Algorithm Name"),
        "Precordia zero-shot classification, model " + analysis.model().id());
    group.text(
        MOD,
        Code.dcm("111003", "Algorithm Version"),
        analysis.software() + ", model " + analysis.model().version());
    group.text(
        MOD,
        Code.dcm("111002", "Algorithm Parameters"),
        "model sha256=" + analysis.model().sha256());
    group.text(
        MOD,
        Code.dcm("111002", "Algorithm Parameters"),
        "preprocessing=" + analysis.model().preprocessing());
  }

  /** The verdict and the comment that closes the report. */
  void qualitative(String conclusion) {
    ContentItems closing =
        root.container(CONTAINS, new Code("C0034375", "UMLS", "Qualitative Evaluations"));
    closing.text(CONTAINS, Code.dcm("121106", "Comment"), ResultHeader.NOT_FOR_CLINICAL_USE);
    closing.text(CONTAINS, Code.dcm("121077", "Conclusion"), conclusion);
  }

  static Code verdict(Finding.Verdict verdict) {
    return switch (verdict) {
      case PRESENT -> Code.sct("52101004", "Present");
      case ABSENT -> Code.sct("2667000", "Absent");
      case UNDECIDED -> Code.sct("82334004", "Indeterminate");
    };
  }

  ResultHeader header() {
    return header;
  }

  ResultObject finish(ResultKind kind) {
    return ResultFile.of(kind, dataset);
  }
}
