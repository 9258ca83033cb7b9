package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of the tokens that a decoder has read, for every layer, in buffers of fixed size
 * that are filled in place: a step costs no copy of what came before. It belongs to the scope in
 * which it was created, to one generation and to one thread.
 *
 * <p>A pass appends to every layer, then calls {@link #advance} once.
 */
public final class KeyValueCache {
  private final Ops ops;
  private final int capacity;
  private final List<KeyValues> buffers = new ArrayList<>();
  private int length;

  /**
   * @param rows sequences decoded together
   * @param capacity most tokens of one sequence, prompt included
   * @param width kvHeads·headDim
   */
  public KeyValueCache(Ops ops, int layers, int rows, int capacity, int width) {
    this.ops = ops;
    this.capacity = capacity;
    for (int i = 0; i < layers; i++) {
      buffers.add(
          new KeyValues(ops.full(0, rows, capacity, width), ops.full(0, rows, capacity, width)));
    }
  }

  /** Tokens read before this pass. */
  public int length() {
    return length;
  }

  /**
   * Stores the new tokens' keys and values of one layer.
   *
   * @return keys and values of all tokens so far, the new ones last
   * @throws PrecordiaException INVALID_ARGUMENT if the capacity is exceeded
   */
  public KeyValues append(int layer, KeyValues fresh) {
    long end = length + fresh.keys().size(1);
    if (end > capacity) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, end + " tokens exceed the cache's capacity of " + capacity);
    }
    KeyValues buffer = buffers.get(layer);
    ops.write(buffer.keys(), 1, length, fresh.keys());
    ops.write(buffer.values(), 1, length, fresh.values());
    return new KeyValues(read(buffer.keys(), end), read(buffer.values(), end));
  }

  private Tensor read(Tensor buffer, long end) {
    return ops.slice(buffer, 1, 0, end);
  }

  /** Counts the tokens that all layers have appended. */
  public void advance(int tokens) {
    length += tokens;
  }
}
