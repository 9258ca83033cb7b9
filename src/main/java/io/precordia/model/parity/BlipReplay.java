package io.precordia.model.parity;

import io.precordia.model.vqa.BlipVqa;
import io.precordia.model.vqa.VqaFolder;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.TokenRows;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Tensor;
import io.precordia.weights.HostArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Image and question states, answer loss and the greedy answer to row 0. */
public final class BlipReplay implements Replay {
  /** Longest answer that the reference was asked for. */
  private static final int MAX_ANSWER = 8;

  @Override
  public boolean replays(Golden golden) {
    return golden.model().equals("BlipForQuestionAnswering");
  }

  @Override
  public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    VqaFolder<BlipVqa> folder = BlipVqa.open(golden.folder());
    BlipVqa model = folder.model();
    Forward f = Forward.evaluation(ops, folder.parameters(ops), Adapters.NONE);
    HostArray images = golden.real("pixel_values");
    Tensor pixels = ops.upload(images.values(), images.shape());
    TokenRows rows = GoldenTokens.rows(golden, "input_ids");
    int[] real = new int[rows.flat().length];
    Arrays.fill(real, 1);
    if (golden.hasInput("attention_mask")) {
      real = golden.integers("attention_mask");
    }
    Tensor mask = new TokenRows(rows.rows(), rows.length(), real).mask(ops);
    Tensor image = model.image(f, pixels);
    Tensor ids = rows.ids(ops, model.config().text().vocabulary());
    Tensor question = model.question(f, ids, mask, image);
    Map<String, Replayed> out = new HashMap<>();
    out.put("vision_last_hidden_state", Replayed.of(ops, image));
    out.put("image_embeds", Replayed.of(ops, image));
    out.put("question_states", Replayed.masked(ops, question, real));
    if (golden.hasInput("labels")) {
      Tensor loss = model.loss(f, question, GoldenTokens.rows(golden, "labels"));
      out.put("loss", Replayed.of(ops, ops.reshape(loss, 1)));
    }
    if (golden.wanted().contains("answer_tokens")) {
      int longest = Math.max(MAX_ANSWER, GoldenTokens.wantedLength(golden, "answer_tokens") - 1);
      int[] added = model.answer(f, ops.slice(question, 0, 0, 1), longest);
      int[] all = new int[1 + added.length];
      all[0] = model.config().text().bos();
      System.arraycopy(added, 0, all, 1, added.length);
      out.put("answer_tokens", Replayed.tokens(all));
    }
    return out;
  }
}
