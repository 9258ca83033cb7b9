package io.precordia.api;

import io.precordia.serve.Cancellation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether those who asked are still there: a request whose connection closes is cancelled. */
@ApplicationScoped
public class Clients {
  private static final String KEY = Clients.class.getName();
  private final CurrentVertxRequest requests;

  Clients(CurrentVertxRequest requests) {
    this.requests = requests;
  }

  /** Called on the event loop, before a request is handed to a worker. */
  void watch(RoutingContext context) {
    Cancellation cancellation = new Cancellation();
    context.put(KEY, cancellation);
    context.addEndHandler(
        sent -> {
          if (sent.failed()) {
            cancellation.cancel();
          }
        });
  }

  /** Of the request that this thread answers; one that is never cancelled outside a request. */
  Cancellation current() {
    RoutingContext context = requests.getCurrent();
    Cancellation known = context == null ? null : context.get(KEY);
    return known == null ? new Cancellation() : known;
  }
}
