package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.StoredType;
import io.precordia.tensor.Tensor;
import io.precordia.weights.StoredArray;
import io.precordia.weights.TensorEntry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights on the device for inference, each uploaded from the mapped file at its first use and then
 * owned by the backend, whatever scope was open. An array travels in pieces of {@link
 * StoredArray#PIECE} elements, so that beyond the tensors themselves only a piece is ever resident.
 * Thread-safe: threads that need one parameter at once wait for one upload. First uses must lie
 * outside gradient recordings.
 */
public final class LazyParameters implements Parameters {
  private final Ops ops;
  private final Map<String, Slot> slots = new HashMap<>();

  /**
   * @param ops must stay open as long as this is used; closing it frees the tensors
   */
  public LazyParameters(Ops ops, StoredParameters stored) {
    this.ops = ops;
    stored.specs().forEach(s -> slots.put(s.name(), new Slot(stored.array(s.name()))));
  }

  /**
   * @throws PrecordiaException BAD_WEIGHTS if there is no such parameter, or its file was changed
   *     or removed before its first use; a later call tries again
   */
  @Override
  public Tensor get(String name) {
    Slot slot = slots.get(name);
    if (slot == null) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the model has no parameter " + name);
    }
    return slot.get();
  }

  private Tensor upload(StoredArray array) {
    TensorEntry entry = array.entry();
    try (Scope scope = ops.scope()) {
      long elements = entry.elements();
      if (elements == 0) {
        return scope.keepInBackend(ops.upload(new float[0], entry.shape()));
      }
      if (elements <= StoredArray.PIECE) {
        return scope.keepInBackend(piece(array, 0, (int) elements, entry.shape()));
      }
      Tensor flat = ops.full(0, elements);
      for (long from = 0; from < elements; from += StoredArray.PIECE) {
        int count = (int) Math.min(StoredArray.PIECE, elements - from);
        try (Scope one = ops.scope()) {
          ops.write(flat, 0, from, piece(array, from, count, count));
        }
      }
      return scope.keepInBackend(ops.reshape(flat, entry.shape()));
    }
  }

  private Tensor piece(StoredArray array, long from, int count, long... shape) {
    return switch (array.entry().type()) {
      case F32 -> piece(array, from, count, StoredType.F32, shape);
      case F16 -> piece(array, from, count, StoredType.F16, shape);
      case BF16 -> piece(array, from, count, StoredType.BF16, shape);
      default -> ops.upload(array.floats(from, count), shape);
    };
  }

  private Tensor piece(StoredArray array, long from, int count, StoredType type, long... shape) {
    return array.piece(from, count, octets -> ops.uploadWeights(octets, type, shape));
  }

  /** One parameter, uploaded or not. */
  private final class Slot {
    private final StoredArray array;
    private volatile @Nullable Tensor tensor;

    Slot(StoredArray array) {
      this.array = array;
    }

    Tensor get() {
      Tensor known = tensor;
      return known == null ? first() : known;
    }

    private synchronized Tensor first() {
      Tensor known = tensor;
      if (known == null) {
        known = upload(array);
        tensor = known;
      }
      return known;
    }
  }
}
