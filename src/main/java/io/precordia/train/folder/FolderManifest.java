package io.precordia.train.folder;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.train.data.CsvTable;
import io.precordia.train.recipe.FolderRecipe;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks the manifest before anything is embedded. */
final class FolderManifest {
  private static final Set<String> YES = Set.of("1", "1.0", "true", "yes");
  private static final Set<String> NO = Set.of("0", "0.0", "false", "no");
  private final FolderRecipe recipe;
  private final Path folder;

  FolderManifest(FolderRecipe recipe, Path folder) {
    this.recipe = recipe;
    this.folder = folder;
  }

  /**
   * One row that is evaluated.
   *
   * @param answers label to whether it holds; unknown labels are not keys
   */
  record Row(
      String name,
      Path file,
      String subject,
      String group,
      String report,
      Map<String, Boolean> answers) {}

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION for an unknown column, an empty manifest or a
   *     subject in two splits, NOT_FOUND for a missing file
   */
  List<Row> rows() {
    List<Map<String, String>> table = CsvTable.read(folder.resolve(recipe.manifest()));
    if (table.isEmpty()) {
      throw refused("the manifest has no rows");
    }
    checkColumns(table.getFirst().keySet());
    checkSplits(table);
    List<Row> out = new ArrayList<>();
    FolderRecipe.Columns columns = recipe.columns();
    for (Map<String, String> row : table) {
      if (recipe.split() == null || recipe.split().equals(cell(row, columns.split()))) {
        String name = cell(row, columns.file());
        out.add(
            new Row(
                name,
                file(name),
                cell(row, columns.subject()),
                cell(row, columns.group()),
                cell(row, columns.report()).strip(),
                answers(row)));
      }
    }
    if (out.isEmpty()) {
      throw refused("no row of the manifest has the split " + recipe.split());
    }
    return out;
  }

  private void checkColumns(Set<String> present) {
    FolderRecipe.Columns c = recipe.columns();
    List<String> wanted = new ArrayList<>();
    wanted.add(c.file());
    wanted.add(c.subject());
    for (@Nullable String column :
        new @Nullable String[] {c.labels(), c.report(), c.group(), c.split()}) {
      if (column != null) {
        wanted.add(column);
      }
    }
    if (c.labels() == null) {
      wanted.addAll(recipe.labels().keySet());
    }
    for (String column : wanted) {
      if (!present.contains(column)) {
        throw refused("the manifest has no column " + column + "; it has " + present);
      }
    }
  }

  private void checkSplits(List<Map<String, String>> table) {
    String column = recipe.columns().split();
    if (column == null) {
      return;
    }
    Map<String, String> seen = new HashMap<>();
    for (Map<String, String> row : table) {
      String here = cell(row, column);
      String before = seen.putIfAbsent(cell(row, recipe.columns().subject()), here);
      if (before != null && !before.equals(here)) {
        throw refused("the manifest has a subject in two splits; its figures would be wrong");
      }
    }
  }

  private Path file(String name) {
    try {
      Path file = folder.resolve(name);
      if (!name.isBlank() && Files.isRegularFile(file)) {
        return file;
      }
      Path header = folder.resolve(name + ".hea");
      if (Files.isRegularFile(header)) {
        return header;
      }
    } catch (InvalidPathException e) {
      // reported as missing below
    }
    throw new PrecordiaException(
        ErrorCode.NOT_FOUND, "the manifest names a file that is not in the folder: " + name);
  }

  private Map<String, Boolean> answers(Map<String, String> row) {
    Map<String, Boolean> out = new HashMap<>();
    String column = recipe.columns().labels();
    if (column == null) {
      for (String label : recipe.labels().keySet()) {
        String value = cell(row, label).strip().toLowerCase(java.util.Locale.ROOT);
        if (YES.contains(value)) {
          out.put(label, true);
        } else if (NO.contains(value)) {
          out.put(label, false);
        }
      }
      return out;
    }
    Set<String> here = new java.util.HashSet<>();
    for (String label :
        cell(row, column).split(java.util.regex.Pattern.quote(recipe.separator()), -1)) {
      here.add(label.strip());
    }
    recipe.labels().keySet().forEach(label -> out.put(label, here.contains(label)));
    return out;
  }

  private static String cell(Map<String, String> row, @Nullable String column) {
    return column == null ? "" : row.getOrDefault(column, "");
  }

  private static PrecordiaException refused(String why) {
    return new PrecordiaException(ErrorCode.INVALID_CONFIGURATION, why);
  }
}
