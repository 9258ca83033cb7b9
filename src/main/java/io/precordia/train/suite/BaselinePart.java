package io.precordia.train.suite;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.train.baseline.BaselineScores;
import io.precordia.train.eval.Figure;
import io.precordia.train.figures.Section;
import io.precordia.train.probe.ProbeTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rivals' figures on the same test records, and how far the linear probe is above them. */
final class BaselinePart {
  private final BaselineScores baselines;
  private final List<ProbeTask> tasks;
  private final Subject subject;
  private final TestAnswers answers;

  BaselinePart(
      BaselineScores baselines, List<ProbeTask> tasks, Subject subject, TestAnswers answers) {
    this.baselines = baselines;
    this.tasks = tasks;
    this.subject = subject;
    this.answers = answers;
  }

  /** How the difference to a rival is called. */
  static String over(String method) {
    return ", " + ProbePart.METHOD + " minus " + method;
  }

  Section section(Map<ProbeTask, double[]> probes) {
    Map<String, Map<ProbeTask, double[]>> methods = new LinkedHashMap<>();
    for (BaselineScores.Entry entry : baselines.entries()) {
      tasks.stream()
          .filter(t -> t.name().equals(entry.task()))
          .findFirst()
          .ifPresent(
              task ->
                  methods
                      .computeIfAbsent(entry.method(), m -> new LinkedHashMap<>())
                      .put(task, aligned(task, entry)));
    }
    List<Figure> out = new ArrayList<>();
    methods.forEach((method, scores) -> out.addAll(answers.figures(method, scores)));
    methods.forEach(
        (method, scores) ->
            out.addAll(answers.differences(over(method).substring(2), probes, scores)));
    return new Section("baselines", out, List.of());
  }

  private double[] aligned(ProbeTask task, BaselineScores.Entry entry) {
    Map<String, Double> byId = new HashMap<>();
    for (int i = 0; i < entry.scores().length; i++) {
      byId.put(entry.ids().get(i), entry.scores()[i]);
    }
    return task.ids(subject.of(task.source()).gallery().studies()).stream()
        .mapToDouble(
            id -> {
              Double score = byId.get(id);
              if (score == null) {
                throw new PrecordiaException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "the baseline scores lack a record of "
                        + task.source()
                        + "; they were made on another split");
              }
              return score;
            })
        .toArray();
  }
}
