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

  @Override
  void close();
}
