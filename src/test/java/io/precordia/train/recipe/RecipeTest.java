package io.precordia.train.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
  private static final Path SHIPPED = Path.of("recipes", "precordia-more-1.yaml");
  @TempDir Path dir;

  @Test
  void theShippedRecipesAreValid() throws IOException {
    AverageRecipe average = AverageRecipe.read(Path.of("recipes", "precordia-more.yaml"));
    assertEquals(3, average.models().size());
    for (int i = 1; i <= average.models().size(); i++) {
      Recipe run = Recipe.read(Path.of("recipes", "precordia-more-" + i + ".yaml"));
      assertEquals(average.models().get(i - 1), run.output() + "/best");
      assertEquals(average.version(), run.version());
    }
    try (Stream<Path> ablations = Files.list(Path.of("recipes", "ablations"))) {
      List<Recipe> all = ablations.map(Recipe::read).toList();
      assertEquals(14, all.size());
      // One set of data and one seed, so that the runs differ by their subject alone.
      assertEquals(1, all.stream().map(Recipe::simulator).distinct().count());
      assertEquals(1, all.stream().map(Recipe::seed).distinct().count());
    }
    assertEquals(3000, ExplanationRecipe.read(Path.of("recipes", "explain.yaml")).simulatedSeed());
    assertEquals("test", EvalRecipe.read(Path.of("recipes", "eval.yaml")).split());
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    String good = Files.readString(SHIPPED);
    refused(good.replace("vocabulary: 6000", "vocabulary: 6"), "vocabulary");
    refused(good + "\nnickname: x\n", "nickname");
    refused(good.replace("device: gpu", "device: abacus"), "device");
    refused(good.replace("simulated: 0.65", "simulated: 1.65"), "shares");
    refused(good.replace("objective: infonce", "objective: masked"), "last stage");
    refused("name: [", "recipe");
  }

  private void refused(String text, String named) throws IOException {
    Path file = Files.writeString(dir.resolve("r.yaml"), text);
    PrecordiaException e = assertThrows(PrecordiaException.class, () -> Recipe.read(file));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, e.code());
    assertTrue(String.valueOf(e.getMessage()).contains(named), e.getMessage());
  }
}
