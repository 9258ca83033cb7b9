package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a transaction by their full URLs, and their way into the reports that refer to
 * them: only reports are kept here, so what a report refers to is contained in it. References may
 * be cyclic.
 */
final class BundleContents {
  private final Map<String, Resource> byUrl = new HashMap<>();
  private final Set<Resource> reached = Collections.newSetFromMap(new IdentityHashMap<>());

  static final BundleContents NONE = new BundleContents();

  private BundleContents() {}

  /**
   * @throws PrecordiaException INVALID_REQUEST if two entries have one full URL
   */
  static BundleContents of(Bundle bundle) {
    BundleContents contents = new BundleContents();
    for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
      Resource resource = entry.getResource();
      if (resource != null) {
        Set<String> urls = new HashSet<>();
        if (entry.hasFullUrl()) {
          urls.add(entry.getFullUrl());
        }
        if (resource.getIdElement().hasIdPart()
            && !resource.getIdElement().getIdPart().startsWith("urn:")) {
          urls.add(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
        }
        for (String url : urls) {
          if (contents.byUrl.put(url, resource) != null) {
            throw new PrecordiaException(
                ErrorCode.INVALID_REQUEST, "two entries of the bundle have the same fullUrl");
          }
        }
      }
    }
    return contents;
  }

  /** What a reference leads to within the bundle; null if it leads elsewhere. */
  @Nullable Resource find(@Nullable String reference) {
    Resource found = reference == null ? null : byUrl.get(reference);
    if (found != null) {
      reached.add(found);
    }
    return found;
  }

  /** Whether a report of the bundle refers to it, directly or by others. */
  boolean isReached(Resource resource) {
    return reached.contains(resource);
  }

  /**
   * Puts into the report what it refers to within the bundle.
   *
   * @param elsewhere references to use instead for resources that are not to be contained
   * @throws PrecordiaException INVALID_REQUEST for a reference by urn:uuid that leads nowhere, and
   *     for one to another report
   */
  void containIn(DiagnosticReport report, Map<Resource, String> elsewhere) {
    inline(report);
    Map<Resource, String> names = new IdentityHashMap<>();
    names.putAll(elsewhere);
    List<Resource> waiting = new ArrayList<>();
    rewrite(report, report, names, waiting);
    while (!waiting.isEmpty()) {
      Resource original = waiting.removeFirst();
      Resource copy = original.copy();
      copy.setId(String.valueOf(names.get(original)).substring(1));
      copy.setMeta(null);
      rewrite(original, copy, names, waiting);
      if (copy instanceof DomainResource domain) {
        domain.setContained(new ArrayList<>());
      }
      report.addContained(copy);
    }
  }

  // References of "resource" are renamed; what they lead to is noted for containment.
  private void rewrite(
      Resource scope, Resource resource, Map<Resource, String> names, List<Resource> waiting) {
    Understood.references(
        resource,
        reference -> {
          reference.setResource(null);
          Resource target = target(scope, resource, reference);
          if (target == scope && target instanceof DiagnosticReport) {
            reference.setReference("#");
          } else if (target instanceof DiagnosticReport) {
            throw new PrecordiaException(
                ErrorCode.INVALID_REQUEST,
                "references between reports of one bundle are not taken; send them one after the other");
          } else if (target != null) {
            String name = names.get(target);
            if (name == null) {
              name = "#entry-" + (names.size() + 1);
              names.put(target, name);
              waiting.add(target);
            }
            reference.setReference(name);
          }
        });
  }

  private @Nullable Resource target(Resource scope, Resource resource, Reference reference) {
    String text = reference.getReference();
    if (text == null) {
      return null;
    }
    if (text.startsWith("#")) {
      // a report's own contained resources stay; those of an entry move into the report
      return scope == resource || !(scope instanceof DomainResource domain)
          ? null
          : domain.getContained().stream()
              .filter(c -> ("#" + c.getIdElement().getIdPart().replace("#", "")).equals(text))
              .findFirst()
              .orElse(null);
    }
    Resource found = find(text);
    if (found == null && text.startsWith("urn:")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "a reference by urn leads to no entry of the bundle");
    }
    return found;
  }

  /** A presented form given as a Binary of the bundle becomes data of the report. */
  private void inline(DiagnosticReport report) {
    for (Attachment form : report.getPresentedForm()) {
      if (form.hasUrl() && !form.hasData() && find(form.getUrl()) instanceof Binary binary) {
        form.setData(binary.getData());
        form.setUrl(null);
        if (!form.hasContentType()) {
          form.setContentType(binary.getContentType());
        }
      }
    }
  }
}
