package io.precordia.model;

import io.precordia.nn.ParameterSpec;
import io.precordia.weights.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Sharded weights of any shape, written without holding them in memory. */
public final class RandomShards {
  private static final int CHUNK = 1 << 20;

  private RandomShards() {}

  /** Random values of magnitude 1/64 to 1/32, in F32, F16 or BF16. */
  public static void write(
      Path folder, List<ParameterSpec> specs, ElementType type, int shards, long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    // sign and mantissa are drawn, the exponent is that of 1/64
    long drawn =
        switch (type) {
          case F32 -> 0x807FFFFF_807FFFFFL;
          case F16 -> 0x83FF83FF_83FF83FFL;
          default -> 0x807F807F_807F807FL;
        };
    long exponent =
        switch (type) {
          case F32 -> 0x3C800000_3C800000L;
          case F16 -> 0x24002400_24002400L;
          default -> 0x3C803C80_3C803C80L;
        };
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    shards(
        folder,
        specs,
        type,
        shards,
        (channel, octets) -> {
          for (long left = octets; left > 0; left -= CHUNK) {
            chunk.clear();
            while (chunk.hasRemaining()) {
              chunk.putLong((random.nextLong() & drawn) | exponent);
            }
            chunk.flip().limit((int) Math.min(left, CHUNK));
            while (chunk.hasRemaining()) {
              channel.write(chunk);
            }
          }
        });
  }

  /** Zeros that take no space on a file system with holes. */
  public static void holes(Path folder, List<ParameterSpec> specs, ElementType type, int shards)
      throws IOException {
    shards(
        folder,
        specs,
        type,
        shards,
        (channel, octets) ->
            channel.write(ByteBuffer.wrap(new byte[1]), channel.position() + octets - 1));
  }

  private interface Content {
    void write(FileChannel channel, long octets) throws IOException;
  }

  private static void shards(
      Path folder, List<ParameterSpec> specs, ElementType type, int shards, Content content)
      throws IOException {
    StringBuilder index = new StringBuilder();
    for (int shard = 0; shard < shards; shard++) {
      List<ParameterSpec> own = new ArrayList<>();
      for (int i = shard * specs.size() / shards; i < (shard + 1) * specs.size() / shards; i++) {
        own.add(specs.get(i));
      }
      String file = "model-%05d-of-%05d.safetensors".formatted(shard + 1, shards);
      own.forEach(
          s ->
              index
                  .append(index.isEmpty() ? "" : ",")
                  .append("\"%s\":\"%s\"".formatted(s.name(), file)));
      shard(folder.resolve(file), own, type, content);
    }
    Files.writeString(
        folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + index + "}}");
  }

  private static void shard(Path file, List<ParameterSpec> specs, ElementType type, Content content)
      throws IOException {
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (ParameterSpec spec : specs) {
      long end = at + (long) spec.count() * type.bytes();
      header
          .append(header.length() > 1 ? "," : "")
          .append(
              "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                  .formatted(
                      spec.name(), type, Arrays.toString(spec.shape()).replace(" ", ""), at, end));
      at = end;
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length));
      channel.write(ByteBuffer.wrap(json));
      content.write(channel, at);
    }
  }
}
