package io.precordia.workspace;

import io.precordia.index.VectorIndex;
import io.precordia.ingest.EncoderSource;
import io.precordia.model.Encoder;
import java.util.function.BooleanSupplier;

/**
 * One model with the index of its vectors. A question is embedded and answered by the same
 * generation, so that vectors of two models never meet. The encoder is closed when the generation
 * is retired and its last use has ended. Thread-safe.
 */
public final class Generation {
  private final Encoder encoder;
  private final VectorIndex index;
  private int uses;
  private boolean retired;

  Generation(Encoder encoder, VectorIndex index) {
    this.encoder = encoder;
    this.index = index;
  }

  public Encoder encoder() {
    return encoder;
  }

  public VectorIndex index() {
    return index;
  }

  /** Begins a use; false if it was retired before. */
  public synchronized boolean enter() {
    if (retired) {
      return false;
    }
    uses++;
    return true;
  }

  /** Ends a use. */
  public synchronized void leave() {
    uses--;
    notifyAll();
  }

  /** Lets no new use begin, waits for those under way, and closes the encoder. */
  void retire() {
    boolean interrupted = false;
    synchronized (this) {
      retired = true;
      while (uses > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    encoder.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  EncoderSource.Use use(BooleanSupplier current) {
    return new EncoderSource.Use() {
      @Override
      public Encoder encoder() {
        return encoder;
      }

      @Override
      public boolean current() {
        return current.getAsBoolean();
      }

      @Override
      public void close() {
        leave();
      }
    };
  }
}
