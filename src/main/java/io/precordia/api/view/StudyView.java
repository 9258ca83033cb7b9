package io.precordia.api.view;

import io.precordia.store.StudyRecord;
import java.util.List;

/** A study with its instances. */
public record StudyView(String study, String subject, List<InstanceView> instances) {
  public static StudyView of(StudyRecord record) {
    return new StudyView(
        record.id(), record.subject(), record.instances().stream().map(InstanceView::of).toList());
  }
}
