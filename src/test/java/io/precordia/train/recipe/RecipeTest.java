package io.precordia.train.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
  private static final Path SHIPPED = Path.of("recipes", "precordia-more.yaml");
  @TempDir Path dir;

  @Test
  void theShippedRecipesAreValid() {
    assertEquals(2, Recipe.read(SHIPPED).stages().size());
    assertEquals("0.2", Recipe.read(Path.of("recipes", "precordia-more-2.yaml")).version());
    assertEquals("test", EvalRecipe.read(Path.of("recipes", "eval.yaml")).split());
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    String good = Files.readString(SHIPPED);
    refused(good.replace("vocabulary: 6000", "vocabulary: 6"), "vocabulary");
    refused(good + "\nnickname: x\n", "nickname");
    refused(good.replace("device: gpu", "device: abacus"), "device");
    refused(good.replace("simulated: 0.4", "simulated: 1.4"), "shares");
    refused("name: [", "recipe");
  }

  private void refused(String text, String named) throws IOException {
    Path file = Files.writeString(dir.resolve("r.yaml"), text);
    PrecordiaException e = assertThrows(PrecordiaException.class, () -> Recipe.read(file));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, e.code());
    assertTrue(String.valueOf(e.getMessage()).contains(named), e.getMessage());
  }
}
