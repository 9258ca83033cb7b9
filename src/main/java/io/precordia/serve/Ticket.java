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

  /** Digest of the adapter that all its items use; empty for none. */
  final String adapter;

  Ticket(Modality modality, List<?> items, String adapter) {
    this.modality = modality;
    this.items = items;
    this.adapter = adapter;
  }

  int size() {
    return items.size();
  }
}
