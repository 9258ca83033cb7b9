package io.precordia.packaged;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;

/** Somebody who sends numbered things through one door; used by one thread. */
interface Sender extends AutoCloseable {
  /**
   * Sends these and says which were acknowledged. Returns, or fails with an IOException, when the
   * service is gone; a refusal that no kill explains is an {@link AssertionError}.
   */
  void send(List<Integer> numbers, IntConsumer acknowledged)
      throws IOException, InterruptedException;

  @Override
  void close();
}
