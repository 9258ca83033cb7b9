package io.precordia.model.hub;

import io.precordia.weights.ElementType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A small model folder with random weights that also fit half precision exactly. */
public final class HubFolder {
  private final Path path;
  public final Map<String, long[]> shapes = new LinkedHashMap<>();
  public final Map<String, float[]> values = new LinkedHashMap<>();

  private HubFolder(Path path) {
    this.path = path;
  }

  private void add(String name, long... shape) {
    int count = 1;
    for (long s : shape) {
      count *= (int) s;
    }
    Random random = new Random(name.hashCode());
    float[] array = new float[count];
    for (int i = 0; i < count; i++) {
      // Sixty-fourths up to one: bfloat16 has enough digits for them.
      array[i] = (random.nextInt(65) - 32) / 64f;
    }
    put(name, shape, array);
  }

  public void put(String name, long[] shape, float[] array) {
    shapes.put(name, shape);
    values.put(name, array);
  }

  public void rename(String from, String to) {
    shapes.put(to, shapes.remove(from));
    values.put(to, values.remove(from));
  }

  private void pair(String path, long out, long in) {
    add(path + ".weight", out, in);
    add(path + ".bias", out);
  }

  private void norm(String path, long width) {
    add(path + ".weight", width);
    add(path + ".bias", width);
  }

  /** ViT of width 8 on images of 1 × 8 × 8 in patches of 4, one layer. */
  public static HubFolder vit(Path path, String more) throws IOException {
    HubFolder f = new HubFolder(path);
    f.config("vit", "\"num_channels\":1,\"intermediate_size\":12" + more);
    f.vision(1);
    f.attention("encoder.layer.0.attention.attention.", "encoder.layer.0.attention.output.dense");
    f.norm("encoder.layer.0.layernorm_before", 8);
    f.norm("encoder.layer.0.layernorm_after", 8);
    f.pair("encoder.layer.0.intermediate.dense", 12, 8);
    f.pair("encoder.layer.0.output.dense", 8, 12);
    f.pair("pooler.dense", 8, 8);
    return f;
  }

  /** DINOv2 of width 8 on images of 3 × 8 × 8 in patches of 4, one layer, SwiGLU of width 16. */
  public static HubFolder dinov2(Path path, int registers) throws IOException {
    HubFolder f = new HubFolder(path);
    f.config(
        registers > 0 ? "dinov2_with_registers" : "dinov2",
        "\"mlp_ratio\":2,\"use_swiglu_ffn\":true,\"num_register_tokens\":" + registers);
    f.vision(3);
    if (registers > 0) {
      f.add("embeddings.register_tokens", 1, registers, 8);
    }
    f.add("embeddings.mask_token", 1, 8);
    f.attention("encoder.layer.0.attention.attention.", "encoder.layer.0.attention.output.dense");
    for (int i = 1; i <= 2; i++) {
      f.norm("encoder.layer.0.norm" + i, 8);
      f.add("encoder.layer.0.layer_scale" + i + ".lambda1", 8);
    }
    f.pair("encoder.layer.0.mlp.weights_in", 32, 8);
    f.pair("encoder.layer.0.mlp.weights_out", 8, 16);
    return f;
  }

  /** BERT or RoBERTa of width 8, one layer, 20 words, 12 positions. */
  public static HubFolder bert(Path path, String type, int pad) throws IOException {
    HubFolder f = new HubFolder(path);
    f.config(
        type,
        "\"intermediate_size\":12,\"vocab_size\":20,\"max_position_embeddings\":12,"
            + "\"type_vocab_size\":2,\"pad_token_id\":"
            + pad);
    f.add("embeddings.word_embeddings.weight", 20, 8);
    f.add("embeddings.position_embeddings.weight", 12, 8);
    f.add("embeddings.token_type_embeddings.weight", 2, 8);
    f.norm("embeddings.LayerNorm", 8);
    f.attention("encoder.layer.0.attention.self.", "encoder.layer.0.attention.output.dense");
    f.norm("encoder.layer.0.attention.output.LayerNorm", 8);
    f.pair("encoder.layer.0.intermediate.dense", 12, 8);
    f.pair("encoder.layer.0.output.dense", 8, 12);
    f.norm("encoder.layer.0.output.LayerNorm", 8);
    f.pair("pooler.dense", 8, 8);
    return f;
  }

  private void vision(int channels) {
    add("embeddings.cls_token", 1, 1, 8);
    add("embeddings.position_embeddings", 1, 5, 8);
    add("embeddings.patch_embeddings.projection.weight", 8, channels, 4, 4);
    add("embeddings.patch_embeddings.projection.bias", 8);
    norm("layernorm", 8);
  }

  private void attention(String path, String output) {
    for (String name : new String[] {"query", "key", "value"}) {
      pair(path + name, 8, 8);
    }
    pair(output, 8, 8);
  }

  private void config(String type, String more) throws IOException {
    Files.writeString(
        path.resolve("config.json"),
        "{\"model_type\":\""
            + type
            + "\",\"hidden_size\":8,\"num_hidden_layers\":1,\"num_attention_heads\":2,"
            + "\"image_size\":8,\"patch_size\":4,"
            + more
            + "}");
  }

  /** Writes one file. */
  public Path write(ElementType type) throws IOException {
    write("model.safetensors", values.keySet().toArray(new String[0]), type);
    return path;
  }

  /** Writes two files and their index. */
  public Path writeShards() throws IOException {
    String[] names = values.keySet().toArray(new String[0]);
    int half = names.length / 2;
    write("a.safetensors", java.util.Arrays.copyOf(names, half), ElementType.F32);
    write(
        "b.safetensors", java.util.Arrays.copyOfRange(names, half, names.length), ElementType.F32);
    StringBuilder map = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      map.append(i == 0 ? "" : ",").append('"').append(names[i]).append("\":\"");
      map.append(i < half ? "a" : "b").append(".safetensors\"");
    }
    Files.writeString(
        path.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + map + "}}");
    return path;
  }

  private void write(String file, String[] names, ElementType type) throws IOException {
    StringBuilder header = new StringBuilder("{");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String name : names) {
      int begin = data.size();
      for (float v : values.get(name)) {
        ByteBuffer one = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
          case F16 -> one.putShort(Float.floatToFloat16(v));
          case BF16 -> one.putShort((short) (Float.floatToIntBits(v) >> 16));
          default -> one.putFloat(v);
        }
        data.write(one.array(), 0, one.position());
      }
      header
          .append(header.length() > 1 ? "," : "")
          .append('"' + name + "\":{\"dtype\":\"" + type + "\",\"shape\":")
          .append(java.util.Arrays.toString(shapes.get(name)))
          .append(",\"data_offsets\":[" + begin + "," + data.size() + "]}");
    }
    byte[] head = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(8 + head.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(head.length).put(head).put(data.toByteArray());
    Files.write(path.resolve(file), out.array());
  }
}
