package io.precordia.train.figures;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Markdown document whose tables and plots are renewed between markers {@code <!-- figures:ID
 * -->} and {@code <!-- /figures:ID -->}; the prose around them is left as it is. Plots go into a
 * folder beside the document that has its name without the extension.
 */
public final class FigureDocument {
  private final Path document;

  public FigureDocument(Path document) {
    this.document = document;
  }

  /**
   * @param facts text for markers of their own, for example the model and date
   * @throws PrecordiaException INVALID_CONFIGURATION if the document lacks a section's markers
   */
  public void renew(List<Section> sections, Map<String, String> facts) {
    try {
      String text = Files.readString(document);
      for (Map.Entry<String, String> fact : facts.entrySet()) {
        text = between(text, fact.getKey(), fact.getValue());
      }
      String name = String.valueOf(document.getFileName()).replaceFirst("\\.[^.]*$", "");
      Path folder = document.resolveSibling(name);
      Files.createDirectories(folder);
      for (Section section : sections) {
        StringBuilder block = new StringBuilder();
        for (Chart chart : section.charts()) {
          String file = chart.name() + ".svg";
          Files.writeString(folder.resolve(file), SvgChart.draw(chart));
          block.append("![").append(chart.title()).append("](");
          block.append(name).append('/').append(file).append(")\n");
        }
        if (!section.figures().isEmpty()) {
          block.append(section.charts().isEmpty() ? "" : "\n");
          block.append(FigureTable.wide(section.figures()));
        }
        text = between(text, section.id(), block.toString());
      }
      Files.writeString(document, text);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "the document " + document.getFileName() + " cannot be read or written",
          e);
    }
  }

  private String between(String text, String id, String block) {
    String open = "<!-- figures:" + id + " -->";
    String close = "<!-- /figures:" + id + " -->";
    int from = text.indexOf(open);
    int to = text.indexOf(close);
    if (from < 0 || to < from) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "the document " + document.getFileName() + " lacks the markers " + open + " … " + close);
    }
    return text.substring(0, from + open.length())
        + "\n\n"
        + block.stripTrailing()
        + "\n\n"
        + text.substring(to);
  }
}
