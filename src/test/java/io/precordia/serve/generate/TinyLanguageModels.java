package io.precordia.serve.generate;

import io.precordia.model.TinyModels;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Folders of small language models whose words are called by their token: w0, w1 … */
public final class TinyLanguageModels {
  private static final int VOCABULARY = 40;

  private TinyLanguageModels() {}

  /** A LLaMA with random weights. */
  public static Path llama(Path folder, String more) throws IOException {
    String config =
        """
        {"model_type": "llama", "hidden_size": 32, "intermediate_size": 48, "vocab_size": %d,
         "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 2,
         "max_position_embeddings": 32 %s}
        """
            .formatted(VOCABULARY, more);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config);
    CausalLm model = new CausalLm(CausalLmConfig.read(folder));
    TinyModels.write(folder, config, TinyModels.weights(model.parameters(), 11));
    tokenizer(folder, VOCABULARY);
    return folder;
  }

  /** The folder's tokenizer: words parted by blanks, no special tokens. */
  public static void tokenizer(Path folder, int vocabulary) throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
         "pre_tokenizer":{"type":"WhitespaceSplit"},"post_processor":null,"decoder":null,
         "model":{"type":"WordLevel","unk_token":"w0","vocab":{%s}}}
        """
            .formatted(
                IntStream.range(0, vocabulary)
                    .mapToObj(i -> "\"w" + i + "\":" + i)
                    .collect(Collectors.joining(","))));
  }

  /** Words of tokens. */
  public static String words(int... tokens) {
    return Arrays.stream(tokens).mapToObj(t -> "w" + t).collect(Collectors.joining(" "));
  }
}
