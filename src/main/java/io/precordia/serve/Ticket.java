package io.precordia.serve;

import io.precordia.study.Modality;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One admitted call: its items, and where its vectors will be. */
final class Ticket {
  final Modality modality;
  final List<?> items;
  final long admitted = System.nanoTime();
  final CompletableFuture<float[][]> vectors = new CompletableFuture<>();

  Ticket(Modality modality, List<?> items) {
    this.modality = modality;
    this.items = items;
  }

  int size() {
    return items.size();
  }
}
