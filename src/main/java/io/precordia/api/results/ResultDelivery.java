package io.precordia.api.results;

import io.precordia.api.DestinationConfig;
import io.precordia.delivery.CompletionWork;
import io.precordia.delivery.Deliveries;
import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.hl7.ResultMessage;
import io.precordia.dicom.result.ResultKind;
import io.precordia.dicom.result.ResultObject;
import io.precordia.error.PrecordiaException;
import io.precordia.store.CompletionRow;
import io.precordia.store.InstanceRecord;
import io.precordia.store.NewDelivery;
import io.precordia.workspace.Records;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The work of a complete study: every film and ECG is analysed and what the destinations want of it
 * goes into the outbox. Again for the same study it makes the same objects, which the outbox knows.
 */
final class ResultDelivery implements CompletionWork {
  private final Records records;
  private final InstanceAnalysis analysis;
  private final ResultMaker maker;
  private final List<ResultRules> rules;
  private final Deliveries deliveries;
  private final ResultMessages messages;

  ResultDelivery(
      Records records,
      InstanceAnalysis analysis,
      ResultMaker maker,
      List<ResultRules> rules,
      Deliveries deliveries,
      ResultMessages messages) {
    this.messages = messages;
    this.records = records;
    this.analysis = analysis;
    this.maker = maker;
    this.rules = List.copyOf(rules);
    this.deliveries = deliveries;
  }

  @Override
  public void completed(CompletionRow study) {
    Set<ResultKind> wanted = EnumSet.noneOf(ResultKind.class);
    rules.stream()
        .filter(r -> r.when() != DestinationConfig.When.REQUEST)
        .forEach(r -> wanted.addAll(r.kinds()));
    boolean messaged =
        rules.stream()
            .anyMatch(r -> r.receiver() != null && r.when() != DestinationConfig.When.REQUEST);
    if (wanted.isEmpty() && !messaged) {
      return;
    }
    // One instance that cannot be reported does not hold the others up; then the study says so.
    @Nullable PrecordiaException failure = null;
    for (InstanceRecord instance : records.study(study.study()).instances()) {
      if (InstanceAnalysis.possible(instance)) {
        try {
          deliver(instance, wanted);
        } catch (PrecordiaException e) {
          failure = failure == null ? e : failure;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void deliver(InstanceRecord instance, Set<ResultKind> wanted) {
    AnalysedInstance analysed = analysis.analyse(instance, null);
    List<ResultObject> objects = maker.objects(analysed, wanted);
    for (ResultRules rule : rules) {
      ResultMessage.@Nullable Party receiver = rule.receiver();
      if (rule.wants(analysed) && receiver != null) {
        messages
            .delivery(instance, analysed, rule.destination(), receiver)
            .ifPresent(d -> deliveries.send(List.of(d), false));
      } else if (rule.wants(analysed)) {
        deliveries.send(
            objects.stream()
                .filter(o -> rule.kinds().contains(o.kind()))
                .map(o -> delivery(instance, rule.destination(), o))
                .toList(),
            false);
      }
    }
  }

  static NewDelivery delivery(InstanceRecord instance, String destination, ResultObject object) {
    return new NewDelivery(
        instance.study(),
        instance.origin(),
        instance.id(),
        destination,
        object.kind().id(),
        OutgoingObject.DICOM,
        object.sopClass(),
        object.sopInstance(),
        object.transferSyntax(),
        object.file());
  }
}
