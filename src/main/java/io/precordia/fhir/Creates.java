package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Receipt;
import io.precordia.study.Flag;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** create and conditional create (FHIR R4 sections 3.1.0.8 and 3.1.0.8.1). */
@Singleton
public class Creates {
  private final Kinds kinds;
  private final Searcher searcher;
  private final ReportIntake intake;
  private final FhirCodec codec;
  private final Versions versions;
  private final ReentrantLock conditional = new ReentrantLock();

  Creates(Kinds kinds, Searcher searcher, ReportIntake intake, FhirCodec codec, Versions versions) {
    this.kinds = kinds;
    this.searcher = searcher;
    this.intake = intake;
    this.codec = codec;
    this.versions = versions;
  }

  FhirAnswer create(FhirRequest request, String type) {
    if (!kinds.of(type).creatable()) {
      throw new PrecordiaException(
          ErrorCode.METHOD_NOT_ALLOWED,
          type + " cannot be created here; only DiagnosticReport can");
    }
    Resource body = codec.parse(request.body(), request.bodyFormat());
    return create(request, type, body);
  }

  FhirAnswer create(FhirRequest request, String type, Resource body) {
    if (!(body instanceof DiagnosticReport report) || !type.equals(body.fhirType())) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the body is of another resource type than the address");
    }
    ReportIntake.Prepared prepared = intake.prepare(report, BundleContents.NONE);
    String condition = request.header("if-none-exist");
    if (condition == null) {
      return answer(request, intake.keep(prepared), prepared);
    }
    conditional.lock();
    try {
      Optional<String> existing = existing(request, condition);
      return existing.isPresent()
          ? answer(request, new Receipt(existing.get(), true), prepared)
          : answer(request, intake.keep(prepared), prepared);
    } finally {
      conditional.unlock();
    }
  }

  /**
   * The id of the one report that fulfils a condition.
   *
   * @throws PrecordiaException PRECONDITION_FAILED if there are several
   */
  Optional<String> existing(FhirRequest request, String condition) {
    ResourceKind kind = kinds.of("DiagnosticReport");
    var parameters = FhirService.parameters(condition.substring(condition.indexOf('?') + 1));
    SearchQuery query =
        SearchQuery.of(
            kind,
            new FhirRequest(
                "GET",
                request.base(),
                List.of(kind.type()),
                parameters,
                java.util.Map.of("prefer", "handling=strict"),
                new byte[0]));
    if (query.used().isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the condition of the create has no search parameter");
    }
    List<String> ids = new ArrayList<>();
    SearchQuery page = query;
    while (true) {
      Searcher.Found found = searcher.search(kind, page);
      found.resources().forEach(r -> ids.add(r.getIdElement().getIdPart()));
      if (ids.size() > 1) {
        throw new PrecordiaException(
            ErrorCode.PRECONDITION_FAILED,
            "several reports fulfil the condition of the create; nothing was created");
      }
      if (found.next() == null) {
        return ids.stream().findFirst();
      }
      page = query.from(found.next());
    }
  }

  private FhirAnswer answer(FhirRequest request, Receipt receipt, ReportIntake.Prepared prepared) {
    Resource now =
        kinds.of("DiagnosticReport").read(receipt.instance()).map(versions::stamp).orElse(null);
    String wanted = request.preference("return");
    @Nullable Resource body =
        switch (wanted) {
          case "minimal" -> null;
          case "operationoutcome" -> outcome(receipt, prepared);
          default -> now == null ? outcome(receipt, prepared) : now;
        };
    FhirAnswer answer = FhirAnswer.of(receipt.duplicate() ? 200 : 201, body);
    String location = request.base() + "/DiagnosticReport/" + receipt.instance();
    if (now != null) {
      answer.header("ETag", "W/\"" + now.getMeta().getVersionId() + "\"");
      answer.header("Last-Modified", Reads.httpDate(now.getMeta().getLastUpdated()));
      location += "/_history/" + now.getMeta().getVersionId();
    }
    return answer.header("Location", location);
  }

  static OperationOutcome outcome(Receipt receipt, ReportIntake.Prepared prepared) {
    OperationOutcome outcome =
        Outcomes.information(
            receipt.duplicate() ? "it was here before; nothing was added" : "kept durably");
    for (Flag flag : prepared.remarks()) {
      OperationOutcome more =
          Outcomes.add(
              outcome,
              OperationOutcome.IssueSeverity.WARNING,
              Outcomes.type(flag.code()),
              flag.code(),
              "kept, but not searchable by content: " + flag.message());
      outcome = more;
    }
    return outcome;
  }
}
