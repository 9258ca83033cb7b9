package io.precordia.dicom.jpeg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Assumptions;

/** CharLS, the JPEG-LS codec of other programs (Debian: libcharls2), called by its C interface. */
final class CharLs implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final SymbolLookup library;

  CharLs() {
    SymbolLookup found = null;
    try {
      found = SymbolLookup.libraryLookup("libcharls.so.2", arena);
    } catch (IllegalArgumentException e) {
      Assumptions.abort("CharLS (libcharls2) is not installed; skipped");
    }
    library = found;
  }

  /**
   * How to encode.
   *
   * @param interleave 0 none, 1 by line, 2 by sample
   * @param preset MAXVAL, T1, T2, T3, RESET; zeros are the defaults
   */
  record Options(
      int width, int height, int bits, int components, int near, int interleave, int... preset) {}

  private Object call(String name, MemoryLayout result, Object... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] =
          arguments[i] instanceof MemorySegment
              ? ADDRESS
              : arguments[i] instanceof Long ? JAVA_LONG : JAVA_INT;
    }
    MethodHandle function =
        Linker.nativeLinker()
            .downcallHandle(
                library.find("charls_jpegls_" + name).orElseThrow(),
                result == ADDRESS
                    ? FunctionDescriptor.of(ADDRESS, layouts)
                    : FunctionDescriptor.of(JAVA_INT, layouts));
    try {
      return function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private void succeed(String name, Object... arguments) {
    Object code = call(name, JAVA_INT, arguments);
    if (!code.equals(0)) {
      throw new AssertionError("CharLS " + name + " answered " + code);
    }
  }

  private MemorySegment copy(byte[] bytes) {
    MemorySegment out = arena.allocate(bytes.length);
    MemorySegment.copy(bytes, 0, out, JAVA_BYTE, 0, bytes.length);
    return out;
  }

  /** A JPEG-LS stream of samples as bytes or little endian words, in the order of the mode. */
  byte[] encode(byte[] samples, Options o) {
    MemorySegment encoder = (MemorySegment) call("encoder_create", ADDRESS);
    MemorySegment frame = arena.allocate(JAVA_INT, 4);
    int[] info = {o.width(), o.height(), o.bits(), o.components()};
    MemorySegment.copy(info, 0, frame, JAVA_INT, 0, 4);
    succeed("encoder_set_frame_info", encoder, frame);
    succeed("encoder_set_near_lossless", encoder, o.near());
    succeed("encoder_set_interleave_mode", encoder, o.interleave());
    if (o.preset().length == 5) {
      MemorySegment preset = arena.allocate(JAVA_INT, 5);
      MemorySegment.copy(o.preset(), 0, preset, JAVA_INT, 0, 5);
      succeed("encoder_set_preset_coding_parameters", encoder, preset);
    }
    long room = 2L * samples.length + 4096;
    MemorySegment out = arena.allocate(room);
    succeed("encoder_set_destination_buffer", encoder, out, room);
    succeed("encoder_encode_from_buffer", encoder, copy(samples), (long) samples.length, 0);
    MemorySegment written = arena.allocate(JAVA_LONG);
    succeed("encoder_get_bytes_written", encoder, written);
    byte[] stream = out.asSlice(0, written.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
    destroy("encoder_destroy", encoder);
    return stream;
  }

  /** What it decodes of a stream, of so many bytes. */
  byte[] decode(byte[] stream, int size) {
    MemorySegment decoder = (MemorySegment) call("decoder_create", ADDRESS);
    succeed("decoder_set_source_buffer", decoder, copy(stream), (long) stream.length);
    succeed("decoder_read_header", decoder);
    MemorySegment out = arena.allocate(size);
    succeed("decoder_decode_to_buffer", decoder, out, (long) size, 0);
    destroy("decoder_destroy", decoder);
    return out.toArray(JAVA_BYTE);
  }

  private void destroy(String name, MemorySegment what) {
    try {
      Linker.nativeLinker()
          .downcallHandle(
              library.find("charls_jpegls_" + name).orElseThrow(),
              FunctionDescriptor.ofVoid(ADDRESS))
          .invokeWithArguments(what);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
