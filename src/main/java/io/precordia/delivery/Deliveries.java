package io.precordia.delivery;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.DeliveryRow;
import io.precordia.store.NewDelivery;
import io.precordia.store.Outbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outbox with a worker for each destination. Thread-safe. */
public final class Deliveries implements AutoCloseable {
  private final Outbox outbox;
  private final Map<String, DeliveryWorker> workers = new LinkedHashMap<>();

  public Deliveries(Outbox outbox, List<Destination> destinations, DeliveryListener listener) {
    this.outbox = outbox;
    for (Destination destination : destinations) {
      workers.put(destination.name(), new DeliveryWorker(outbox, destination, listener));
    }
  }

  /** Starts the workers; what a stop left waiting goes on. */
  public void start() {
    workers.values().forEach(DeliveryWorker::start);
  }

  /**
   * Accepts objects durably and has them sent.
   *
   * @param again send also what was sent, refused or discarded before
   * @return ids of the deliveries, in the order given
   * @throws PrecordiaException NOT_FOUND for a destination that is not configured
   */
  public List<String> send(List<NewDelivery> objects, boolean again) {
    for (NewDelivery object : objects) {
      if (!workers.containsKey(object.destination())) {
        throw new PrecordiaException(
            ErrorCode.NOT_FOUND, "no destination of this name is configured");
      }
    }
    List<String> ids = outbox.put(objects, again);
    objects.forEach(object -> ring(object.destination()));
    return ids;
  }

  private void ring(String destination) {
    DeliveryWorker worker = workers.get(destination);
    if (worker != null) {
      worker.ring();
    }
  }

  /**
   * One delivery.
   *
   * @throws PrecordiaException NOT_FOUND
   */
  public DeliveryRow get(String id) {
    return outbox
        .find(id)
        .orElseThrow(() -> new PrecordiaException(ErrorCode.NOT_FOUND, "no such delivery"));
  }

  /**
   * Tries a delivery again at once.
   *
   * @return the delivery as it waits for the attempt
   * @throws PrecordiaException NOT_FOUND, CONFLICT if it is sent or discarded
   */
  public DeliveryRow retry(String id) {
    DeliveryRow known = get(id);
    DeliveryRow row = outbox.retry(id).orElseThrow(Deliveries::settled);
    ring(known.destination());
    return row;
  }

  /**
   * Gives a delivery up.
   *
   * @throws PrecordiaException NOT_FOUND, CONFLICT if it is sent or discarded
   */
  public DeliveryRow discard(String id) {
    get(id);
    if (!outbox.discard(id)) {
      throw settled();
    }
    return get(id);
  }

  private static PrecordiaException settled() {
    return new PrecordiaException(
        ErrorCode.CONFLICT, "the delivery is sent or discarded already; make the result again");
  }

  /** The rows. */
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public void close() {
    workers.values().forEach(DeliveryWorker::close);
  }
}
