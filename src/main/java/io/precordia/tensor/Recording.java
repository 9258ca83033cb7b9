package io.precordia.tensor;

/** An open gradient recording; close it on the thread that opened it. */
public interface Recording extends AutoCloseable {
  @Override
  void close();
}
