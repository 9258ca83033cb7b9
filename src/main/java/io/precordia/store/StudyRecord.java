package io.precordia.store;

import java.util.List;

/** A study and its instances in the order they were stored. */
public record StudyRecord(String id, String subject, List<InstanceRecord> instances) {
  public StudyRecord {
    instances = List.copyOf(instances);
  }
}
