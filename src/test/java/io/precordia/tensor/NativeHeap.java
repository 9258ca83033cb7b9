package io.precordia.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Assumptions;

/**
 * Octets that native code of this process holds, by glibc's mallinfo2. Resident memory would also
 * count Java heap pages that are merely touched for the first time.
 */
public final class NativeHeap {
  /** Field numbers of struct mallinfo2. */
  private static final int MAPPED = 4;

  private static final int IN_USE = 7;

  private NativeHeap() {}

  /** Octets allocated and not freed; the calling test is skipped where glibc does not tell. */
  public static long live() {
    Linker linker = Linker.nativeLinker();
    var symbol = linker.defaultLookup().find("mallinfo2");
    Assumptions.assumeTrue(symbol.isPresent(), "needs glibc 2.33 or later");
    MemoryLayout struct =
        MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));
    var call = linker.downcallHandle(symbol.orElseThrow(), FunctionDescriptor.of(struct));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = (MemorySegment) call.invoke((SegmentAllocator) arena);
      return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED)
          + info.getAtIndex(ValueLayout.JAVA_LONG, IN_USE);
    } catch (Throwable e) {
      throw new IllegalStateException("mallinfo2 could not be called", e);
    }
  }
}
