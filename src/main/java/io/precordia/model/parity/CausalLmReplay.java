package io.precordia.model.parity;

import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmFolder;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.NextTokenLoss;
import io.precordia.nn.TokenRows;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Logits, language-model loss (labels are the ids) and the greedy continuation of row 0, in which
 * no token stops.
 */
public final class CausalLmReplay implements Replay {
  @Override
  public boolean replays(Golden golden) {
    return Set.of("LlamaForCausalLM", "Qwen3ForCausalLM").contains(golden.model());
  }

  @Override
  public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    CausalLmFolder folder = CausalLm.open(golden.folder());
    CausalLm model = folder.model();
    Forward f = Forward.evaluation(ops, folder.parameters(ops), Adapters.NONE);
    TokenRows rows = GoldenTokens.rows(golden, "input_ids");
    Tensor mask =
        golden.hasInput("attention_mask")
            ? GoldenTokens.rows(golden, "attention_mask").mask(ops)
            : null;
    Tensor logits = model.logits(f, rows.ids(ops, model.config().vocabulary()), mask);
    Map<String, Replayed> out = new HashMap<>();
    out.put(
        "logits",
        mask == null
            ? Replayed.of(ops, logits)
            : Replayed.masked(ops, logits, golden.integers("attention_mask")));
    if (golden.wanted().contains("lm_loss")) {
      Tensor loss = NextTokenLoss.of(ops, logits, rows, 0);
      out.put("lm_loss", Replayed.of(ops, ops.reshape(loss, 1)));
    }
    if (golden.wanted().contains("greedy_tokens")) {
      int[] prompt = GoldenTokens.row(golden, "input_ids", 0);
      int fresh = GoldenTokens.wantedLength(golden, "greedy_tokens") - prompt.length;
      int[] added = model.greedy(f, prompt, fresh, Set.of());
      int[] all = Arrays.copyOf(prompt, prompt.length + added.length);
      System.arraycopy(added, 0, all, prompt.length, added.length);
      out.put("greedy_tokens", Replayed.tokens(all));
    }
    return out;
  }
}
