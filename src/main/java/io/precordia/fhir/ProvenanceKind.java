package io.precordia.fhir;

import io.precordia.api.CalibratedFinding;
import io.precordia.store.InstanceRecord;
import io.precordia.store.StudyRecord;
import io.precordia.study.ModelRef;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What made the findings of a study: the models as agents, the kept objects as entities. */
@Singleton
public class ProvenanceKind implements ResourceKind {
  private final Kept kept;
  private final Findings findings;

  ProvenanceKind(Kept kept, Findings findings) {
    this.kept = kept;
    this.findings = findings;
  }

  @Override
  public String type() {
    return "Provenance";
  }

  @Override
  public Optional<Resource> read(String id) {
    return id.startsWith(FindingsReport.PREFIX)
        ? kept.study(id.substring(FindingsReport.PREFIX.length())).flatMap(this::of)
        : Optional.empty();
  }

  @Override
  public List<Resource> at(InstanceRecord instance) {
    return kept.study(instance.study())
        .filter(study -> study.instances().getFirst().id().equals(instance.id()))
        .flatMap(this::of)
        .map(List::of)
        .orElse(List.of());
  }

  private Optional<Resource> of(StudyRecord study) {
    List<Findings.OfInstance> sources = findings.of(study);
    return sources.isEmpty() ? Optional.empty() : Optional.of(provenance(study, sources));
  }

  private static Provenance provenance(StudyRecord study, List<Findings.OfInstance> sources) {
    Provenance p = new Provenance();
    p.setId(FindingsReport.id(study));
    p.getMeta()
        .setLastUpdated(Kept.updated(sources.stream().map(Findings.OfInstance::instance).toList()));
    p.setRecorded(p.getMeta().getLastUpdated());
    p.addTarget(new Reference("DiagnosticReport/" + FindingsReport.id(study)));
    Map<String, ModelRef> models = new LinkedHashMap<>();
    for (Findings.OfInstance source : sources) {
      models.putIfAbsent(source.model().sha256(), source.model());
      for (CalibratedFinding finding : source.findings()) {
        p.addTarget(
            new Reference("Observation/" + FindingObservation.id(source.instance(), finding)));
      }
      p.addEntity()
          .setRole(Provenance.ProvenanceEntityRole.SOURCE)
          .setWhat(new Reference("Binary/" + source.instance().id()));
    }
    p.setActivity(
        Systems.concept(
            "http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE", "create"));
    for (ModelRef model : models.values()) {
      Provenance.ProvenanceAgentComponent agent = p.addAgent();
      agent.setType(
          Systems.concept(
              "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
              "assembler",
              "Assembler"));
      agent.setWho(DeviceKind.reference(model));
    }
    return p;
  }

  @Override
  public void prepare() {
    findings.prepare();
  }

  @Override
  public List<SearchParam> parameters() {
    return List.of(
        Match.reference("target", "What was made", Provenance.class, Provenance::getTarget),
        Match.reference(
            "agent",
            "The model",
            Provenance.class,
            p -> p.getAgent().stream().map(Provenance.ProvenanceAgentComponent::getWho).toList()),
        Match.reference(
            "entity",
            "What it was made of",
            Provenance.class,
            p ->
                p.getEntity().stream()
                    .map(Provenance.ProvenanceEntityComponent::getWhat)
                    .toList()));
  }
}
