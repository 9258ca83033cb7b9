package io.precordia.train.text;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.weights.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes a WordPiece vocabulary as a Hugging Face {@code tokenizer.json}. */
public final class TokenizerFile {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TokenizerFile() {}

  /**
   * @param pieces pieces by id, beginning with {@link WordPieceTrainer#SPECIAL}
   */
  public static void write(Path file, List<String> pieces) {
    ObjectNode root = JSON.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    var added = root.putArray("added_tokens");
    for (int i = 0; i < WordPieceTrainer.SPECIAL.size(); i++) {
      added
          .addObject()
          .put("id", i)
          .put("content", WordPieceTrainer.SPECIAL.get(i))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    root.putObject("normalizer")
        .put("type", "BertNormalizer")
        .put("clean_text", true)
        .put("handle_chinese_chars", true)
        .put("strip_accents", false)
        .put("lowercase", true);
    var parts = root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
    parts.addObject().put("type", "BertPreTokenizer");
    parts.addObject().put("type", "Digits").put("individual_digits", true);
    root.set("post_processor", template());
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = root.putObject("model");
    model
        .put("type", "WordPiece")
        .put("unk_token", "[UNK]")
        .put("continuing_subword_prefix", "##")
        .put("max_input_chars_per_word", 100);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int i = 0; i < pieces.size(); i++) {
      vocabulary.put(pieces.get(i), i);
    }
    byte[] text =
        JsonMapper.builder()
            .build()
            .valueToTree(root)
            .toPrettyString()
            .getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(
        file,
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(text);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  /** Number of pieces in a file that {@link #write} wrote. */
  public static int size(Path file) {
    try {
      return JsonMapper.builder().build().readTree(file.toFile()).at("/model/vocab").size();
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "tokenizer.json is no readable tokenizer", e);
    }
  }

  private static ObjectNode template() {
    ObjectNode out = JSON.objectNode().put("type", "TemplateProcessing");
    var single = out.putArray("single");
    special(single.addObject(), "[CLS]");
    sequence(single.addObject(), "A");
    special(single.addObject(), "[SEP]");
    var pair = out.putArray("pair");
    special(pair.addObject(), "[CLS]");
    sequence(pair.addObject(), "A");
    special(pair.addObject(), "[SEP]");
    sequence(pair.addObject(), "B");
    special(pair.addObject(), "[SEP]");
    ObjectNode tokens = out.putObject("special_tokens");
    for (String token : List.of("[CLS]", "[SEP]")) {
      ObjectNode entry = tokens.putObject(token);
      entry.put("id", token);
      entry.putArray("ids").add(WordPieceTrainer.SPECIAL.indexOf(token));
      entry.putArray("tokens").add(token);
    }
    return out;
  }

  private static void special(ObjectNode into, String token) {
    into.putObject("SpecialToken").put("id", token).put("type_id", 0);
  }

  private static void sequence(ObjectNode into, String id) {
    into.putObject("Sequence").put("id", id).put("type_id", 0);
  }
}
