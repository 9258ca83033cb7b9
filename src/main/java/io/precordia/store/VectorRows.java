package io.precordia.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sealed vectors of a run of instances under one model, as read from the database. */
final class VectorRows {
  private record Row(int firstWindow, byte[] sealed) {}

  private final String model;
  private final Map<String, List<Row>> rows = new HashMap<>();

  VectorRows(String model) {
    this.model = model;
  }

  void add(String instance, int firstWindow, byte[] sealed) {
    rows.computeIfAbsent(instance, id -> new ArrayList<>()).add(new Row(firstWindow, sealed));
  }

  List<float[]> of(InstanceRecord record, KeyRing keys, InstanceCodec codec) {
    List<float[]> vectors = new ArrayList<>();
    Optional<DataKey> key = keys.known(record.origin());
    if (key.isEmpty()) {
      return vectors; // erased meanwhile
    }
    for (Row row : rows.getOrDefault(record.id(), List.of())) {
      vectors.addAll(
          codec.openVectors(
              key.get(), record.id(), record.origin(), model, row.firstWindow(), row.sealed()));
    }
    return vectors;
  }
}
