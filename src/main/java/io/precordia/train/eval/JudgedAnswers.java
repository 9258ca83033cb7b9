package io.precordia.train.eval;

import java.util.ArrayList;
import java.util.List;

/** Growing columns of probabilities, truths and whether an answer is given. For one thread. */
final class JudgedAnswers {
  private record Row(String patient, double probability, boolean present, boolean answered) {}

  private final List<Row> rows = new ArrayList<>();

  void add(String patient, double probability, boolean present, boolean answered) {
    rows.add(new Row(patient, probability, present, answered));
  }

  int size() {
    return rows.size();
  }

  int positives() {
    return (int) rows.stream().filter(Row::present).count();
  }

  List<String> patients() {
    return rows.stream().map(Row::patient).toList();
  }

  double[] probabilities() {
    return rows.stream().mapToDouble(Row::probability).toArray();
  }

  boolean[] present() {
    boolean[] out = new boolean[rows.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = rows.get(i).present;
    }
    return out;
  }

  boolean[] answered() {
    boolean[] out = new boolean[rows.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = rows.get(i).answered;
    }
    return out;
  }
}
