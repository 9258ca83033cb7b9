package io.precordia.tensor;

/**
 * Owner of the tensors that its thread creates while it is the innermost open scope. Closing frees
 * them all, on the device too. Scopes nest like blocks: close them in reverse order, on the thread
 * that opened them (try-with-resources).
 */
public interface Scope extends AutoCloseable {
  /**
   * Moves {@code result} to the enclosing scope, so that it outlives this one; without an enclosing
   * scope the backend owns it until it closes.
   *
   * @return {@code result}
   */
  Tensor keep(Tensor result);

  /**
   * Moves {@code result} to the backend, whatever scopes are open, so that it lives until the
   * backend closes: for weights that are uploaded in the middle of a pass.
   *
   * @return {@code result}
   */
  Tensor keepInBackend(Tensor result);

  @Override
  void close();
}
