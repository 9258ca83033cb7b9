package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Receipt;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Resource;

/**
 * batch and transaction (FHIR R4 section 3.1.0.11). A transaction is checked as a whole before
 * anything is kept; then its reports are made durable one after the other. Nothing that can be
 * known before keeps one of them out; a disk that breaks between two of them can.
 */
@Singleton
public class Transactions {
  private static final int MOST_ENTRIES = 500;
  private final FhirService service;
  private final Creates creates;
  private final ReportIntake intake;
  private final Kinds kinds;
  private final Versions versions;

  Transactions(
      FhirService service, Creates creates, ReportIntake intake, Kinds kinds, Versions versions) {
    this.service = service;
    this.creates = creates;
    this.intake = intake;
    this.kinds = kinds;
    this.versions = versions;
  }

  FhirAnswer answer(FhirRequest request, Resource body) {
    if (!(body instanceof Bundle bundle)) {
      throw invalid("the root takes a Bundle; a resource is sent to the address of its type");
    }
    Understood.checkFrame(bundle);
    if (bundle.getEntry().size() > MOST_ENTRIES) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE, "a bundle may have at most " + MOST_ENTRIES + " entries");
    }
    return switch (bundle.getType()) {
      case BATCH -> FhirAnswer.ok(batch(request, bundle));
      case TRANSACTION -> FhirAnswer.ok(transaction(request, bundle));
      case null, default -> throw invalid("the bundle must be of type transaction or batch");
    };
  }

  private Bundle batch(FhirRequest request, Bundle bundle) {
    Bundle response = new Bundle();
    response.setType(Bundle.BundleType.BATCHRESPONSE);
    for (BundleEntryComponent entry : bundle.getEntry()) {
      BundleEntryComponent made = response.addEntry();
      try {
        FhirRequest one = single(request, entry);
        Resource resource = entry.getResource();
        if (resource instanceof Bundle) {
          throw invalid("a bundle within a bundle is not taken");
        }
        if (one.method().equals("POST")
            && one.path().size() == 1
            && resource != null
            && kinds.of(one.segment(0)).creatable()) {
          fill(made, creates.create(one, one.segment(0), resource));
        } else {
          alone(made, one);
        }
      } catch (PrecordiaException e) {
        failed(made, e);
      }
    }
    return response;
  }

  private void alone(BundleEntryComponent made, FhirRequest one) {
    try {
      fill(made, service.answer(one));
    } catch (PrecordiaException e) {
      failed(made, e);
    }
  }

  private static void failed(BundleEntryComponent made, PrecordiaException e) {
    made.getResponse()
        .setStatus(String.valueOf(e.code().status()))
        .setOutcome(Outcomes.error(e.code(), String.valueOf(e.getMessage())));
  }

  private static void fill(BundleEntryComponent made, FhirAnswer answer) {
    made.setResource(answer.resource());
    made.getResponse().setStatus(String.valueOf(answer.status()));
    String location = answer.headers().get("Location");
    if (location != null) {
      made.getResponse().setLocation(location);
    }
    String etag = answer.headers().get("ETag");
    if (etag != null) {
      made.getResponse().setEtag(etag);
    }
  }

  private Bundle transaction(FhirRequest request, Bundle bundle) {
    BundleContents contents = BundleContents.of(bundle);
    Map<Integer, ReportIntake.Prepared> reports = new LinkedHashMap<>();
    Map<Integer, Receipt> receipts = new HashMap<>();
    List<BundleEntryComponent> entries = bundle.getEntry();
    for (int i = 0; i < entries.size(); i++) {
      Resource resource = entries.get(i).getResource();
      int number = i;
      FhirRequest one = at(i, () -> single(request, entries.get(number)));
      if (one.method().equals("POST") && resource instanceof DiagnosticReport report) {
        reports.put(
            i,
            at(
                number,
                () -> {
                  sameType(one, report);
                  return intake.prepare(report, contents);
                }));
        String condition = one.header("if-none-exist");
        if (condition != null) {
          Optional<String> known = creates.existing(request, condition);
          known.ifPresent(id -> receipts.put(number, new Receipt(id, true)));
        }
      } else if (one.method().equals("POST") && resource != null) {
        at(
            number,
            () -> {
              sameType(one, resource);
              Understood.check(resource);
              return one;
            });
      } else if (one.method().equals("GET")) {
        // asked once before, so that a read that fails keeps everything out
        FhirAnswer before = at(number, () -> service.answer(one));
        if (before.status() >= 400) {
          throw invalid("entry " + (i + 1) + " cannot be answered; nothing was kept");
        }
      } else {
        throw new PrecordiaException(
            ErrorCode.METHOD_NOT_ALLOWED,
            "entry " + (i + 1) + ": only POST with a resource and GET are taken; nothing was kept");
      }
    }
    reachable(entries, contents);
    intake.ingest().admit(0);
    for (Map.Entry<Integer, ReportIntake.Prepared> report : reports.entrySet()) {
      intake.ingest().admit(report.getValue().bytes());
    }
    reports.forEach((i, prepared) -> receipts.computeIfAbsent(i, n -> intake.keep(prepared)));
    Bundle response = new Bundle();
    response.setType(Bundle.BundleType.TRANSACTIONRESPONSE);
    for (int i = 0; i < entries.size(); i++) {
      BundleEntryComponent made = response.addEntry();
      ReportIntake.Prepared prepared = reports.get(i);
      Receipt receipt = receipts.get(i);
      if (prepared != null && receipt != null) {
        kept(request, made, receipt, prepared);
      } else if (entries.get(i).getResource() != null) {
        supporting(request, made, entries.get(i).getResource());
      } else {
        alone(made, single(request, entries.get(i)));
      }
    }
    return response;
  }

  private void kept(
      FhirRequest request,
      BundleEntryComponent made,
      Receipt receipt,
      ReportIntake.Prepared prepared) {
    made.getResponse()
        .setStatus(receipt.duplicate() ? "200" : "201")
        .setOutcome(Creates.outcome(receipt, prepared));
    String location = request.base() + "/DiagnosticReport/" + receipt.instance();
    Optional<Resource> now =
        kinds.of("DiagnosticReport").read(receipt.instance()).map(versions::stamp);
    if (now.isPresent()) {
      String version = now.get().getMeta().getVersionId();
      location += "/_history/" + version;
      made.getResponse()
          .setEtag("W/\"" + version + "\"")
          .setLastModified(now.get().getMeta().getLastUpdated());
    }
    made.getResponse().setLocation(location);
  }

  private void supporting(FhirRequest request, BundleEntryComponent made, Resource resource) {
    made.getResponse().setStatus("200");
    Optional<String> patient = intake.patientOf(resource);
    if (patient.isPresent()) {
      made.getResponse()
          .setLocation(request.base() + "/Patient/" + patient.get())
          .setOutcome(
              Outcomes.information(
                  "identifier, sex and age at the report were taken from it; it is not kept itself"));
    } else {
      made.getResponse()
          .setOutcome(
              Outcomes.information("kept as a contained resource of the report that refers to it"));
    }
  }

  private static void reachable(List<BundleEntryComponent> entries, BundleContents contents) {
    for (int i = 0; i < entries.size(); i++) {
      Resource resource = entries.get(i).getResource();
      if (resource != null
          && !(resource instanceof DiagnosticReport)
          && !contents.isReached(resource)) {
        throw invalid(
            "entry "
                + (i + 1)
                + ": no DiagnosticReport of the bundle refers to it, so it would be lost; nothing was kept");
      }
    }
  }

  private static void sameType(FhirRequest one, Resource resource) {
    if (one.path().size() != 1 || !one.segment(0).equals(resource.fhirType())) {
      throw invalid("the request's URL must be the type of the entry's resource");
    }
  }

  // Says which entry it was.
  private static <T> T at(int index, Supplier<T> step) {
    try {
      return step.get();
    } catch (PrecordiaException e) {
      throw new PrecordiaException(
          e.code(), "entry " + (index + 1) + ": " + e.getMessage() + "; nothing was kept", e);
    }
  }

  /** The interaction that an entry asks for. */
  private static FhirRequest single(FhirRequest request, BundleEntryComponent entry) {
    if (!entry.hasRequest() || !entry.getRequest().hasMethod() || !entry.getRequest().hasUrl()) {
      throw invalid("every entry needs request.method and request.url");
    }
    Map<String, String> headers = new HashMap<>();
    if (entry.getRequest().hasIfNoneExist()) {
      headers.put("if-none-exist", entry.getRequest().getIfNoneExist());
    }
    if (entry.getRequest().hasIfNoneMatch()) {
      headers.put("if-none-match", entry.getRequest().getIfNoneMatch());
    }
    headers.put("accept", FhirFormat.JSON.mediaType());
    String url = entry.getRequest().getUrl();
    if (url.startsWith(request.base() + "/")) {
      url = url.substring(request.base().length() + 1);
    }
    List<String> path = new ArrayList<>();
    String query;
    try {
      URI uri = URI.create(url.replace("|", "%7C"));
      for (String segment : String.valueOf(uri.getPath()).split("/")) {
        if (!segment.isEmpty()) {
          path.add(segment);
        }
      }
      query = uri.getRawQuery();
    } catch (IllegalArgumentException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the URL of an entry is not valid", e);
    }
    return new FhirRequest(
        entry.getRequest().getMethod().toCode(),
        request.base(),
        path,
        query == null ? Map.of() : FhirService.parameters(query),
        headers,
        new byte[0]);
  }

  private static PrecordiaException invalid(String message) {
    return new PrecordiaException(ErrorCode.INVALID_REQUEST, message);
  }
}
