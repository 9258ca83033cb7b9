package io.precordia.tensor.djl;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Scope;
import io.precordia.tensor.StoredType;
import io.precordia.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lifetimes and borders of the DJL backend. DJL gives a result to the manager of the operation's
 * first operand; here every result is moved to the scope that is open on the thread, so that no
 * intermediate outlives its scope whatever its operands were.
 */
final class DjlMemory implements AutoCloseable {
  /**
   * Scalars kept on the device; more than any model's set of constants, so that data-dependent ones
   * cannot pile up.
   */
  private static final int MAX_CONSTANTS = 256;

  private final Device device;
  private final PtNDManager root;
  private final ThreadLocal<@Nullable DjlScope> current = new ThreadLocal<>();
  private final Map<Float, PtNDArray> constants = new ConcurrentHashMap<>();

  DjlMemory(Device device) {
    this.device = device;
    this.root = (PtNDManager) ai.djl.engine.Engine.getEngine("PyTorch").newBaseManager(device);
  }

  Device device() {
    return device;
  }

  Scope open() {
    @Nullable DjlScope outer = current.get();
    DjlScope scope = new DjlScope((PtNDManager) manager().newSubManager(device), outer);
    current.set(scope);
    return scope;
  }

  /** Manager that owns new results of this thread. */
  PtNDManager manager() {
    DjlScope scope = current.get();
    return scope == null ? root : scope.manager;
  }

  PtNDManager root() {
    return root;
  }

  /** Runs one native operation and hands its result to the open scope. */
  Tensor of(Supplier<PtNDArray> operation) {
    return own(guarded(operation));
  }

  Tensor own(PtNDArray array) {
    PtNDManager manager = manager();
    if (array.getManager() != manager) {
      array.attach(manager);
    }
    return new DjlTensor(array);
  }

  static <T> T guarded(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (EngineException
        | IllegalArgumentException
        | UnsupportedOperationException
        | IndexOutOfBoundsException e) {
      String cause = String.valueOf(e.getMessage());
      throw new PrecordiaException(
          ErrorCode.INTERNAL,
          "PyTorch refused an operation: " + cause.lines().findFirst().orElse("no reason given"),
          e);
    }
  }

  /** A scalar on the device. */
  PtNDArray constant(double value) {
    float key = (float) value;
    PtNDArray known = constants.get(key);
    if (known != null) {
      return known;
    }
    boolean cache = constants.size() < MAX_CONSTANTS;
    PtNDArray fresh =
        JniUtils.full(
            cache ? root : manager(),
            new Shape(),
            key,
            DataType.FLOAT32,
            device,
            SparseFormat.DENSE);
    PtNDArray raced = cache ? constants.putIfAbsent(key, fresh) : null;
    if (raced != null) {
      fresh.close();
      return raced;
    }
    return fresh;
  }

  Tensor upload(float[] values, long[] shape) {
    return upload(MemorySegment.ofArray(values), values.length, DataType.FLOAT32, shape);
  }

  Tensor upload(int[] values, long[] shape) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return upload(MemorySegment.ofArray(wide), values.length, DataType.INT64, shape);
  }

  Tensor upload(byte[] values, long[] shape) {
    return upload(MemorySegment.ofArray(values), values.length, DataType.UINT8, shape);
  }

  Tensor uploadWeights(ByteBuffer values, StoredType type, long[] shape) {
    MemorySegment source = MemorySegment.ofBuffer(values);
    long elements = source.byteSize() / type.bytes();
    return switch (type) {
      case F32 -> upload(source, elements, DataType.FLOAT32, shape);
      case F16 -> {
        try (Scope scope = open()) {
          Tensor half = upload(source, elements, DataType.FLOAT16, shape);
          yield scope.keep(of(() -> JniUtils.to(DjlOps.array(half), DataType.FLOAT32, device)));
        }
      }
      case BF16 ->
          upload(
              elements * Float.BYTES,
              elements,
              DataType.FLOAT32,
              shape,
              staging -> Bfloat16.widen(source, staging));
    };
  }

  /** Copies little-endian octets to the device as they are. */
  Tensor upload(MemorySegment source, long elements, DataType type, long[] shape) {
    return upload(source.byteSize(), elements, type, shape, staging -> staging.copyFrom(source));
  }

  private Tensor upload(
      long octets, long elements, DataType type, long[] shape, Consumer<MemorySegment> writer) {
    long wanted = 1;
    for (long s : shape) {
      wanted = Math.multiplyExact(wanted, s);
    }
    if (wanted != elements) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          elements + " values do not fill the shape " + java.util.Arrays.toString(shape));
    }
    if (elements == 0) {
      return own(
          JniUtils.createEmptyNdArray(
              manager(), new Shape(shape), type, device, SparseFormat.DENSE));
    }
    // A confined arena gives the staging octets back at once; a direct buffer would wait for the
    // collector. On the CPU PyTorch only borrows
    // the buffer, so the borrowed array is copied before the arena closes.
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment staging = arena.allocate(octets, ValueLayout.JAVA_LONG.byteAlignment());
      writer.accept(staging);
      ByteBuffer buffer = staging.asByteBuffer().order(ByteOrder.nativeOrder());
      PtNDArray staged =
          guarded(
              () ->
                  JniUtils.createNdFromByteBuffer(
                      manager(), buffer, new Shape(shape), type, SparseFormat.DENSE, device));
      if (device.isGpu()) {
        return own(staged);
      }
      try {
        return of(() -> JniUtils.clone(staged));
      } finally {
        staged.close();
      }
    }
  }

  @Override
  public void close() {
    root.close();
  }

  private final class DjlScope implements Scope {
    private final PtNDManager manager;
    private final @Nullable DjlScope outer;

    DjlScope(PtNDManager manager, @Nullable DjlScope outer) {
      this.manager = manager;
      this.outer = outer;
    }

    @Override
    public Tensor keep(Tensor result) {
      return moved(result, outer == null ? root : outer.manager);
    }

    @Override
    public Tensor keepInBackend(Tensor result) {
      return moved(result, root);
    }

    private Tensor moved(Tensor result, PtNDManager owner) {
      PtNDArray array = ((DjlTensor) result).array();
      // A parameter or another scope's tensor that passed through unchanged stays where it lives.
      if (array.getManager() == manager) {
        array.attach(owner);
      }
      return result;
    }

    @Override
    public void close() {
      if (current.get() != this) {
        throw new IllegalStateException(
            "scopes must be closed innermost first, on the thread that opened them");
      }
      if (outer == null) {
        current.remove();
      } else {
        current.set(outer);
      }
      manager.close();
    }
  }
}
